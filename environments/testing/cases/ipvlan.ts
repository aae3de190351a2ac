import { yaml, type Case } from "../case.ts";

/** The node's NICs alone: ipvlan, Cilium and both at once. */
export const nodeNicCases: readonly Case[] = ["ipvlan", "cilium", "terway"].flatMap((environment): Case[] => [
  {
    title: "the NICs of the node",
    environment,
    text: yaml`
      inputs:
        cbpf:
          af_packet:
            interface_regex: ^(eth0|ens192|bond.*)$`,
    findings: [],
  },
  {
    title: "the NICs of the node, in old keys and within a ConfigMap",
    environment,
    agent: "v6.2",
    text: yaml`
      apiVersion: v1
      kind: ConfigMap
      data:
        group-config: |
          vtap_group_id: g-0a1b2c3d4e
          tap_interface_regex: ^eth0$`,
    findings: [],
  },
  {
    title: "the default regex",
    environment,
    text: yaml`
      inputs:
        cbpf:
          af_packet:
            interface_regex: '^(tap.*|cali.*|veth.*|eth.*|en[osipx].*|lxc.*|lo|[0-9a-f]+_h)$'`,
    findings: [["regex-not-node-nics", 4]],
  },
  {
    title: "no regex, so the default too",
    environment,
    agent: "v6.4",
    text: yaml`
      # whose group?
      tap_mode: 0`,
    findings: [
      ["group-id-missing", 2],
      ["regex-missing", 2],
    ],
  },
  {
    title: "everything",
    environment,
    text: yaml`
      {"inputs": {"cbpf": {"af_packet": {"interface_regex": ".*"}}}}`,
    findings: [["regex-not-node-nics", 1]],
  },
  {
    title: "mirror mode, which is for macvlan",
    environment,
    text: yaml`
      inputs:
        cbpf:
          common: {capture_mode: 1}
          af_packet: {interface_regex: ^eth0$}`,
    findings: [["capture-mode", 3]],
  },
  {
    title: "a regex that the agent cannot compile",
    environment,
    text: yaml`
      inputs:
        cbpf:
          af_packet:
            interface_regex: ^(?!lxc).*$`,
    findings: [["regex-invalid", 4]],
  },
  {
    title: "a regex that nothing can compile",
    environment,
    text: yaml`
      inputs:
        cbpf:
          af_packet:
            interface_regex: ^(eth0`,
    findings: [["regex-invalid", 4]],
  },
  {
    title: "a NIC of no usual name",
    environment,
    text: yaml`
      inputs:
        cbpf:
          af_packet:
            interface_regex: ^uplink$`,
    findings: [["regex-matches-no-nic", 4]],
  },
  {
    title: "a wrapped configuration, with the place in the wrapping file",
    environment,
    agent: "v6.4",
    text: yaml`
      apiVersion: v1
      kind: ConfigMap
      data:
        group.yaml: |
          # why
          vtap_group_id: g-0a1b2c3d4e
          tap_interface_regex: lxc.*`,
    findings: [["regex-not-node-nics", 7]],
  },
]);
