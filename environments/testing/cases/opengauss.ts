import { yaml, type Case } from "../case.ts";

/** openGauss: a group that a sample has wrong. */
export const opengaussCases: readonly Case[] = [
  {
    title: "the resource with its group",
    environment: "opengauss",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - {name: opengaussclusters, group: opengauss.cmbc.com.cn, version: v1}`,
    findings: [],
  },
  {
    title: "the group of the sample in the list",
    environment: "opengauss",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - name: opengaussclusters
                group: opengauss.sig`,
    findings: [["opengauss-group", 6]],
  },
  {
    title: "the group of the sample in the role",
    environment: "opengauss",
    text: yaml`
      rules:
      - apiGroups:
        - opengauss.sig
        resources: [opengaussclusters]
        verbs: [get, list, watch]`,
    findings: [["opengauss-group", 3]],
  },
  {
    title: "a role from before ConfigMaps were watched",
    environment: "opengauss",
    text: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: deepflow-agent}
      rules:
      - apiGroups: ["", apps, networking.k8s.io, opengauss.cmbc.com.cn]
        resources: [nodes, namespaces, pods, services, replicationcontrollers, deployments, daemonsets, replicasets, statefulsets, ingresses, opengaussclusters]
        verbs: [get, list, watch]`,
    findings: [["configmaps-frozen", 4]],
  },
  {
    title: "the same role with an agent that does not watch them yet",
    environment: "opengauss",
    agent: "v6.6",
    text: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: deepflow-agent}
      rules:
      - apiGroups: ["", apps, networking.k8s.io, opengauss.cmbc.com.cn]
        resources: [nodes, namespaces, pods, services, replicationcontrollers, deployments, daemonsets, replicasets, statefulsets, ingresses, opengaussclusters]
        verbs: [get, list, watch]`,
    findings: [],
  },
  {
    title: "the same role with ConfigMaps switched off",
    environment: "opengauss",
    text: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: deepflow-agent}
      rules:
      - apiGroups: ["", apps, networking.k8s.io, opengauss.cmbc.com.cn]
        resources: [nodes, namespaces, pods, services, replicationcontrollers, deployments, daemonsets, replicasets, statefulsets, ingresses, opengaussclusters]
        verbs: [get, list, watch]
      ---
      inputs:
        resources:
          kubernetes:
            api_resources:
              - {name: opengaussclusters}
              - {name: configmaps, disabled: true}`,
    findings: [],
  },
  {
    title: "a rule limited to names, in a Role",
    environment: "opengauss",
    agent: "v6.6",
    text: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: deepflow-agent}
      rules:
      - apiGroups: ["*"]
        resources: [nodes, namespaces, pods, services, replicationcontrollers, deployments, daemonsets, replicasets, statefulsets, ingresses]
        verbs: [get, list, watch]
      - apiGroups: [opengauss.cmbc.com.cn]
        resources: [opengaussclusters]
        resourceNames: [main]
        verbs: [get, list, watch]`,
    findings: [
      ["rbac-namespaced", 2],
      ["rbac-names", 10],
    ],
  },
  {
    title: "an aggregated role",
    environment: "opengauss",
    text: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: deepflow-agent}
      aggregationRule:
        clusterRoleSelectors: [{matchLabels: {deepflow: "true"}}]
      rules: []`,
    findings: [["rbac-aggregated", 4]],
  },
];
