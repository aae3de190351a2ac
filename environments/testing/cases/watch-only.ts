import { yaml, type Case } from "../case.ts";

/** One Deployment watches, processes capture. */
export const watchOnlyCases: readonly Case[] = [
  {
    title: "the watcher of newer agents",
    environment: "watch-only",
    text: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: deepflow-agent-watcher}
      spec:
        replicas: 1
        template:
          spec:
            containers:
            - name: deepflow-agent
              env:
              - {name: IN_CONTAINER, value: "yes"}
              - {name: K8S_WATCH_POLICY, value: watch-only}`,
    findings: [],
  },
  {
    title: "values of the chart and a process's configuration",
    environment: "watch-only",
    agent: "v6.4",
    text: yaml`
      deployComponent:
      - "watcher"
      clusterNAME: production
      ---
      controller-ips: [10.0.0.1]
      controller-port: 30035
      kubernetes-cluster-id: d-rrADNwzpt5`,
    findings: [],
  },
  {
    title: "the documentation's variable with an agent that exits on it",
    environment: "watch-only",
    agent: "v6.6.9",
    text: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: deepflow-agent}
      spec:
        template:
          spec:
            containers:
            - name: deepflow-agent
              env:
              - name: ONLY_WATCH_K8S_RESOURCE
                value: "true"`,
    findings: [["only-watch-fatal", 10]],
  },
  {
    title: "the newer variable with an older agent",
    environment: "watch-only",
    agent: "v6.5",
    text: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: deepflow-agent}
      spec:
        template:
          spec:
            containers:
            - name: deepflow-agent
              env:
              - {name: K8S_WATCH_POLICY, value: watch-only}`,
    findings: [["watch-policy-ignored", 10]],
  },
  {
    title: "the older variable before there was one",
    environment: "watch-only",
    agent: "v6.1",
    text: yaml`
      apiVersion: v1
      kind: Pod
      metadata: {name: deepflow-agent}
      spec:
        containers:
        - name: deepflow-agent
          env:
          - {name: ONLY_WATCH_K8S_RESOURCE, value: "1"}`,
    findings: [
      ["not-available", 1],
      ["only-watch-ignored", 8],
    ],
  },
  {
    title: "a misspelt value",
    environment: "watch-only",
    text: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: deepflow-agent}
      spec:
        template:
          spec:
            containers:
            - name: deepflow-agent
              env:
              - name: K8S_WATCH_POLICY
                value: watch_only`,
    findings: [["watch-policy-value", 11]],
  },
  {
    title: "an ordinary agent, three times",
    environment: "watch-only",
    text: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: watcher}
      spec:
        replicas: 3
        template:
          spec:
            containers:
            - name: agent
              image: registry.local/deepflow-agent:v7.1.8`,
    findings: [
      ["watcher-not-watch-only", 1],
      ["in-container-missing", 1],
      ["watcher-replicas", 5],
    ],
  },
  {
    title: "a value from elsewhere",
    environment: "watch-only",
    text: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: deepflow-agent}
      spec:
        template:
          spec:
            containers:
            - name: deepflow-agent
              env:
              - {name: IN_CONTAINER, value: "yes"}
              - name: K8S_WATCH_POLICY
                valueFrom: {configMapKeyRef: {name: a, key: b}}`,
    findings: [["value-not-here", 11]],
  },
  {
    title: "values without the watcher, and processes that do not know their cluster",
    environment: "watch-only",
    text: yaml`
      deployComponent:
      - daemonset
      ---
      controller-ips: [10.0.0.1]`,
    findings: [
      ["component-missing", 1],
      ["cluster-name-missing", 1],
      ["component-daemonset", 2],
      ["cluster-id-missing", 4],
    ],
  },
  {
    title: "a Service with its ports the wrong way round, as a page of the documentation has them",
    environment: "watch-only",
    text: yaml`
      apiVersion: v1
      kind: Service
      metadata: {name: deepflow-server-lb}
      spec:
        ports:
        - name: grpc
          port: 30033
        - name: ingester
          port: 30035`,
    findings: [
      ["ports-swapped", 7],
      ["ports-swapped", 9],
    ],
  },
];
