import { yaml, type Case } from "../case.ts";

/** Mirror mode: macvlan and what is like it. */
export const mirrorCases: readonly Case[] = ["macvlan", "cce-turbo"].flatMap((environment): Case[] => [
  {
    title: "regex and mode, as newer agents read them",
    environment,
    text: yaml`
      inputs:
        cbpf:
          common:
            capture_mode: 1
          af_packet:
            interface_regex: ^eth0$`,
    findings: [],
  },
  {
    title: "the recipe of the documentation, with the agents for which it holds",
    environment,
    agent: "v6.5",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      tap_interface_regex: ^(eth0)$
      tap_mode: 1`,
    findings: [],
  },
  {
    title: "a list of interfaces, as agents up to v6.4 want it",
    environment,
    agent: "v6.4",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      tap_mode: 1
      static_config:
        src-interfaces: [eth0]`,
    findings: [],
  },
  {
    title: "the recipe of the documentation, with agents that ignore its regex",
    environment,
    agent: "v6.4",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      tap_interface_regex: eth0
      tap_mode: 1`,
    findings: [
      ["src-interfaces-missing", 1],
      ["regex-void", 2],
    ],
  },
  {
    title: "no mode",
    environment,
    text: yaml`
      inputs:
        cbpf:
          af_packet:
            interface_regex: ^eth0$`,
    findings: [["capture-mode", 1]],
  },
  {
    title: "the mode of switches",
    environment,
    text: yaml`
      inputs:
        cbpf:
          common:
            capture_mode: 2
          af_packet:
            interface_regex: ^eth0$`,
    findings: [["capture-mode", 4]],
  },
  {
    title: "another way to see pods behind one NIC",
    environment,
    text: yaml`
      inputs:
        cbpf:
          af_packet:
            interface_regex: ^eth0$
            inner_interface_capture_enabled: true`,
    findings: [],
  },
  {
    title: "old keys with a new agent",
    environment,
    agent: "v6.6.5",
    text: yaml`
      tap_interface_regex: ^eth0$
      tap_mode: 1`,
    findings: [
      ["key-of-older-agents", 1],
      ["key-of-older-agents", 2],
    ],
  },
  {
    title: "new keys with an old agent",
    environment,
    agent: "v6.6.4",
    text: yaml`
      vtap_group_id: g-0a1b2c3d4e
      inputs:
        cbpf:
          common:
            capture_mode: 1
          af_packet:
            interface_regex: ^eth0$`,
    findings: [["key-of-newer-agents", 2]],
  },
  {
    title: "a regex without anchors, and an old list beside it",
    environment,
    agent: "v6.5",
    text: yaml`
      tap_interface_regex: eth0
      tap_mode: 1
      vtap_group_id: g-xxxxxx
      static_config:
        src-interfaces:
          - eth0`,
    findings: [
      ["regex-unanchored", 1],
      ["placeholder-left", 3],
      ["src-interfaces-deprecated", 5],
    ],
  },
  {
    title: "agents that ask for their group, in the ConfigMap that holds their configuration",
    environment,
    text: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: deepflow-agent
      data:
        deepflow-agent.yaml: |
          controller-ips: [10.0.0.1]
          vtap-group-id-request: g-0a1b2c3d4e`,
    findings: [],
  },
  {
    title: "agents that do not ask for their group, and ports the wrong way round",
    environment,
    text: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: deepflow-agent
      data:
        deepflow-agent.yaml: |
          controller-ips: [10.0.0.1]
          vtap-group-id-request: ""
          controller-port: 30033`,
    findings: [
      ["group-request-missing", 8],
      ["ports-swapped", 9],
    ],
  },
  {
    title: "a setting below the wrong key",
    environment,
    text: yaml`
      inputs:
        cbpf:
          capture_mode: 1
          af_packet:
            interface_regex: ^eth0$`,
    findings: [["key-misplaced", 3]],
  },
]);
