import { yaml, type Case } from "../case.ts";

/** OpenShift: Routes on, Ingresses off. */
export const openshiftCases: readonly Case[] = [
  {
    title: "the documentation's own sample",
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
