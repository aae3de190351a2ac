import { yaml, type Case } from "../case.ts";

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
