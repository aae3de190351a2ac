import { yaml, type Case } from "../case.ts";

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
