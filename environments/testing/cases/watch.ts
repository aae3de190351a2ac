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

/** One Deployment watches, the DaemonSet must not. */
export const daemonSetCases: readonly Case[] = [
  {
    title: "both workloads in one List",
    environment: "no-apiserver-daemonset",
    text: yaml`
      apiVersion: v1
      kind: List
      items:
      - apiVersion: apps/v1
        kind: Deployment
        metadata: {name: deepflow-agent-watcher}
        spec: {template: {spec: {containers: [{name: a, env: [{name: IN_CONTAINER, value: "1"}, {name: K8S_WATCH_POLICY, value: watch-only}]}]}}}
      - apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: deepflow-agent}
        spec: {template: {spec: {containers: [{name: a, env: [{name: K8S_WATCH_POLICY, value: watch-disabled}]}]}}}`,
    findings: [],
  },
  {
    title: "a DaemonSet that may be elected",
    environment: "no-apiserver-daemonset",
    text: yaml`
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: deepflow-agent}
      spec:
        template:
          spec:
            containers:
            - name: deepflow-agent
              env:
              - {name: K8S_WATCH_POLICY, value: normal}`,
    findings: [["daemonset-not-disabled", 10]],
  },
  {
    title: "an older DaemonSet that may be elected",
    environment: "no-apiserver-daemonset",
    agent: "v6.4",
    text: yaml`
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: deepflow-agent}
      spec:
        template:
          spec:
            containers:
            - name: deepflow-agent
              env:
              - {name: IN_CONTAINER, value: "yes"}`,
    findings: [["daemonset-not-disabled", 10]],
  },
  {
    title: "a DaemonSet that does nothing but watch",
    environment: "no-apiserver-daemonset",
    agent: "v6.6.5",
    text: yaml`
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: deepflow-agent}
      spec:
        template:
          spec:
            containers:
            - name: deepflow-agent
              env:
              - {name: ONLY_WATCH_K8S_RESOURCE, value: "yes"}`,
    findings: [["daemonset-watch-only", 10]],
  },
  {
    title: "the fatal variable on the DaemonSet, twice set: the last counts",
    environment: "no-apiserver-daemonset",
    text: yaml`
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: deepflow-agent}
      spec:
        template:
          spec:
            containers:
            - name: deepflow-agent
              env:
              - {name: ONLY_WATCH_K8S_RESOURCE, value: "no"}
              - {name: K8S_WATCH_POLICY, value: watch-only}
              - {name: K8S_WATCH_POLICY, value: watch-disabled}`,
    findings: [["only-watch-fatal", 10]],
  },
  {
    title: "nothing of the environment",
    environment: "no-apiserver-daemonset",
    text: yaml`
      apiVersion: v1
      kind: Namespace
      metadata: {name: deepflow}
      ---
      hello: world`,
    findings: [
      ["nothing-to-judge", 1],
      ["unrecognised", 5],
    ],
  },
  {
    title: "a template of the chart",
    environment: "no-apiserver-daemonset",
    text: yaml`
      kind: DaemonSet
      metadata:
        name: {{ .Values.name }}-x`,
    findings: [["unreadable", 3]],
  },
];

/** A program of one's own uploads. */
export const pseudoAgentCases: readonly Case[] = [
  {
    title: "what the server requires, and a DaemonSet that does not watch",
    environment: "pseudo-agent",
    text: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: my-uploader}
      rules:
      - apiGroups: ["", apps]
        resources: [nodes, namespaces, pods, replicationcontrollers, deployments, daemonsets, replicasets, statefulsets]
        verbs: [get, list, watch]
      - apiGroups: [coordination.k8s.io]
        resources: [leases]
        verbs: [get, create, update]
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: deepflow-agent}
      spec: {template: {spec: {containers: [{name: a, env: [{name: K8S_WATCH_POLICY, value: watch-disabled}]}]}}}`,
    findings: [],
  },
  {
    title: "a role without ReplicaSets",
    environment: "pseudo-agent",
    text: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: my-uploader}
      rules:
      - apiGroups: ["", apps]
        resources: [nodes, namespaces, pods, replicationcontrollers, deployments, daemonsets, statefulsets]
        verbs: [get, list, watch]`,
    findings: [["rbac-missing", 4]],
  },
  {
    title: "a second writer",
    environment: "pseudo-agent",
    text: yaml`
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: deepflow-agent}
      spec: {template: {spec: {containers: [{name: a}]}}}`,
    findings: [["second-writer", 1]],
  },
  {
    title: "an older second writer",
    environment: "pseudo-agent",
    agent: "v6.5",
    text: yaml`
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: deepflow-agent}
      spec:
        template:
          spec:
            containers:
            - name: a
              env:
              - {name: IN_CONTAINER, value: "1"}`,
    findings: [["second-writer", 10]],
  },
  {
    title: "an uploader that dials the port of data",
    environment: "pseudo-agent",
    text: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: deepflow-pseudo-agent}
      spec:
        template:
          spec:
            containers:
            - name: uploader
              env:
              - name: DEEPFLOW_SERVER
                value: deepflow-server:20033`,
    findings: [["ports-swapped", 11]],
  },
];
