import { yaml, type Case } from "../case.ts";

/** OpenShift: Routes on, Ingresses off. */
export const openshiftCases: readonly Case[] = [
  {
    title: "the documentation's own sample, in both generations of keys",
    environment: "openshift",
    agent: "v6.4",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      static_config:
        kubernetes-resources:
        - name: ingresses
          disabled: true
        - name: routes`,
    findings: [],
  },
  {
    title: "the rules to be added, alone",
    environment: "openshift",
    text: yaml`
      rules:
      - apiGroups:
        - route.openshift.io
        resources:
        - routes
        verbs:
        - get
        - list
        - watch`,
    findings: [],
  },
  {
    title: "the ingress flavour, before there was a list",
    environment: "openshift",
    agent: "v6.3.3",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      static_config:
        ingress-flavour: openshift`,
    findings: [],
  },
  {
    title: "Ingresses left on",
    environment: "openshift",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - name: routes`,
    findings: [["resource-not-disabled", 4]],
  },
  {
    title: "Ingresses named, so on",
    environment: "openshift",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - name: routes
              - name: ingresses
                disabled: false`,
    findings: [["resource-not-disabled", 6]],
  },
  {
    title: "Routes forgotten",
    environment: "openshift",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - name: ingresses
                disabled: true`,
    findings: [["resource-missing", 4]],
  },
  {
    title: "old keys with a new agent: blamed once",
    environment: "openshift",
    text: yaml`
      static_config:
        kubernetes-resources:
        - name: ingresses
          disabled: true
        - name: routes`,
    findings: [["key-of-older-agents", 2]],
  },
  {
    title: "the resource list before there was one",
    environment: "openshift",
    agent: "v6.3.3",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      static_config:
        kubernetes-resources:
        - name: ingresses
          disabled: true
        - name: routes`,
    findings: [
      ["ingress-flavour-missing", 1],
      ["resource-list-too-new", 3],
    ],
  },
  {
    title: "a flavour besides the list",
    environment: "openshift",
    agent: "v6.5",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      static_config:
        ingress-flavour: openshift
        kubernetes-resources: [{name: ingresses, disabled: true}, {name: routes}]`,
    findings: [["ingress-flavour-deprecated", 3]],
  },
  {
    title: "a misspelt key",
    environment: "openshift",
    agent: "v6.5",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      static_config:
        kubernetes_resources: [{name: ingresses, disabled: true}, {name: routes}]`,
    findings: [["key-misplaced", 3]],
  },
  {
    title: "a list that is none, and true as text",
    environment: "openshift",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - routes
              - name: ingresses
                disabled: "true"
              - name: routes`,
    findings: [
      ["resource-list-shape", 5],
      ["resource-not-disabled", 6],
      ["resource-list-shape", 7],
    ],
  },
  {
    title: "a role that grants Routes without watch, and too much besides",
    environment: "openshift",
    agent: "v6.6",
    text: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: deepflow-agent}
      rules:
      - apiGroups: [""]
        resources: [nodes, namespaces, pods, services, replicationcontrollers, secrets]
        verbs: [get, list, watch]
      - apiGroups: [apps]
        resources: [deployments, daemonsets, replicasets, statefulsets]
        verbs: [get, list, watch, update]
      - apiGroups: [route.openshift.io]
        resources: [routes]
        verbs: [get, list]`,
    findings: [
      ["rbac-too-wide", 6],
      ["rbac-too-wide", 10],
      ["rbac-verbs", 13],
    ],
  },
];

/** OpenKruise: a second group of StatefulSets. */
export const openkruiseCases: readonly Case[] = [
  {
    title: "all three entries",
    environment: "openkruise",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - {name: clonesets, group: apps.kruise.io}
              - {name: statefulsets, group: apps}
              - {name: statefulsets, group: apps.kruise.io}`,
    findings: [],
  },
  {
    title: "the default named without its group",
    environment: "openkruise",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - name: clonesets
              - name: statefulsets
              - {name: statefulsets, group: apps.kruise.io, version: v1beta1}`,
    findings: [],
  },
  {
    title: "the StatefulSets of apps forgotten",
    environment: "openkruise",
    agent: "v6.4",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      static_config:
        kubernetes-resources:
        - name: clonesets
          group: apps.kruise.io
        - name: statefulsets
          group: apps.kruise.io`,
    findings: [["default-replaced", 6]],
  },
  {
    title: "a default disabled by the group of another",
    environment: "openkruise",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - {name: clonesets, group: apps.kruise.io}
              - {name: statefulsets, group: apps.kruise.io, disabled: true}`,
    findings: [
      ["resource-missing", 4],
      ["default-disabled", 6],
    ],
  },
  {
    title: "a version that the agent does not look for, and a name that nobody knows",
    environment: "openkruise",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - {name: clonesets, group: apps.kruise.io, version: v1}
              - {name: statefulsets, group: apps}
              - {name: statefulsets, group: apps.kruise.io}
              - {name: advancedstatefulsets}`,
    findings: [
      ["resource-unknown", 5],
      ["resource-unknown", 8],
    ],
  },
  {
    title: "services switched off, which may be meant",
    environment: "openkruise",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - {name: clonesets}
              - {name: statefulsets}
              - {name: statefulsets, group: apps.kruise.io}
              - {name: services, disabled: true}`,
    findings: [["default-disabled", 8]],
  },
  {
    title: "agents without a resource list",
    environment: "openkruise",
    agent: "v6.2",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      static_config:
        kubernetes-resources: [{name: clonesets}]`,
    findings: [
      ["not-available", 1],
      ["resource-list-too-new", 3],
    ],
  },
  {
    title: "resources and permissions in one file, with one group forgotten in the permissions",
    environment: "openkruise",
    text: yaml`
      inputs:
        resources:
          kubernetes:
            api_resources:
              - {name: clonesets}
              - {name: statefulsets}
              - {name: statefulsets, group: apps.kruise.io}
      ---
      rules:
      - apiGroups: [apps.kruise.io]
        resources: [clonesets]
        verbs: [get, list, watch]`,
    findings: [["rbac-missing", 9]],
  },
  {
    title: "a resource of a later release",
    environment: "openkruise",
    agent: "v6.5",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      static_config:
        kubernetes-resources:
        - {name: clonesets}
        - {name: statefulsets, group: apps}
        - {name: statefulsets, group: apps.kruise.io}
        - {name: statefulsets, group: platform.stke}`,
    findings: [["resource-too-new", 7]],
  },
];

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
