import type { Environment, Step } from "../types.ts";

const OWN_GROUP: readonly Step[] = [
  {
    text: "Make an agent group and note its id.",
    commands: ["deepflow-ctl agent-group create macvlan", "deepflow-ctl agent-group list"],
  },
  {
    text: "Put the id into agent-group-config.yaml and hand it to the server.",
    commands: ["deepflow-ctl agent-group-config create -f agent-group-config.yaml"],
    agents: { to: "v6.6.4" },
  },
  {
    text: "Hand agent-group-config.yaml to the server under that id.",
    commands: ["deepflow-ctl agent-group-config create g-xxxxxx -f agent-group-config.yaml"],
    agents: { from: "v6.6.5" },
  },
  {
    text: "Let the agents ask for the group: add the line of agent-config.yaml to the agent's own configuration.",
    commands: ["kubectl -n deepflow edit configmap deepflow-agent"],
  },
  {
    text: "Stop the agents. The group is assigned at registration alone, so those that are registered have to go first.",
    commands: [
      `kubectl -n deepflow patch daemonset deepflow-agent -p '{"spec":{"template":{"spec":{"nodeSelector":{"non-existing":"true"}}}}}'`,
    ],
  },
  {
    text: "Delete them from the server, each by its name.",
    commands: ["deepflow-ctl agent list", "deepflow-ctl agent delete NAME"],
  },
  {
    text: "Start them again, and see that they came up in the group.",
    commands: [
      `kubectl -n deepflow patch daemonset deepflow-agent --type json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector/non-existing"}]'`,
      "deepflow-ctl agent list",
    ],
  },
];

/** Pods on macvlan sub-interfaces: no NIC of theirs on the node, all of their traffic on the node's own. */
export const macvlan: Environment = {
  name: "macvlan",
  title: "MACVlan",
  summary:
    "Pods sit on sub-interfaces of the node's NIC. The root network namespace has no NIC for any of them, but the node's NIC carries all of their traffic. Capture there, and count it as captured at the pods.",
  source: "special environments 1.1; protocol.md 6.1, 6.4",
  parts: ["agent-group-config", "agent-config"],
  capture: {
    captureMode: 1,
    ownGroup: true,
    observed: {
      sameNode: ["eBPF syscall", "cBPF pod NIC (on the node's NIC; client and server share one copy)"],
      crossNode: ["eBPF syscall", "cBPF pod NIC (on the node's NIC)"],
      remark: "There is no cBPF node NIC: what is captured there counts as the pods'.",
    },
  },
  steps: OWN_GROUP,
  notes: [
    {
      text: "These agents ignore the interface regex outside capture mode 0, so the interfaces are listed. The recipe of the documentation, which sets the regex, holds from v6.5 on.",
      agents: { to: "v6.4.99" },
    },
    {
      text: "Newer agents can look for pods behind one NIC themselves: inputs.cbpf.af_packet.inner_interface_capture_enabled with inner_interface_regex.",
      agents: { from: "v6.6.5" },
    },
  ],
};
