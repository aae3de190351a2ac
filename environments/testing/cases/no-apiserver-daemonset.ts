import { yaml, type Case } from "../case.ts";

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
