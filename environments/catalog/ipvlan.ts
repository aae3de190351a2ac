import type { CaptureProfile, Environment, Step } from "../types.ts";

/** Capture on the node's NICs alone, in every CNI that goes around the pods' own. */
export const nodeNicsOnly: CaptureProfile = {
  captureMode: 0,
  ownGroup: false,
  observed: {
    sameNode: ["eBPF syscall"],
    crossNode: ["eBPF syscall", "cBPF node NIC"],
    remark: "Two pods of one node are seen by eBPF alone.",
  },
};

/** Handing a group's configuration to the server. */
export const groupConfigSteps: readonly Step[] = [
  { text: "Note the id of the agents' group.", commands: ["deepflow-ctl agent-group list"] },
  {
    text: "Put it into agent-group-config.yaml and hand that to the server.",
    commands: ["deepflow-ctl agent-group-config create -f agent-group-config.yaml"],
    agents: { to: "v6.6.4" },
  },
  {
    text: "Hand agent-group-config.yaml to the server under that id (`update` instead of `create` where the group has a configuration).",
    commands: ["deepflow-ctl agent-group-config create g-xxxxxx -f agent-group-config.yaml"],
    agents: { from: "v6.6.5" },
  },
];

/** Pods on ipvlan sub-interfaces: no NIC of theirs on the node, and what stays on the node never reaches the node's own. */
export const ipvlan: Environment = {
  name: "ipvlan",
  title: "IPVlan",
  summary:
    "Pods sit on sub-interfaces of the node's NIC. The root network namespace has no NIC for any of them, and the node's NIC carries only what enters or leaves the node. Capture on the node's NICs and nowhere else.",
  source: "special environments 1.3; protocol.md 6.4",
  parts: ["agent-group-config"],
  capture: nodeNicsOnly,
  steps: groupConfigSteps,
};
