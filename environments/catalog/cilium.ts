import type { Environment } from "../types.ts";
import { groupConfigSteps, nodeNicsOnly } from "./ipvlan.ts";

/** Cilium with eBPF/XDP: packets go around the network stack, so pod NICs show one direction. */
export const cilium: Environment = {
  name: "cilium",
  title: "Cilium eBPF",
  summary:
    "XDP and eBPF carry packets around the network stack, so that the pods' NICs (lxc…) show one direction of the traffic only. Capture on the node's NICs and nowhere else.",
  source: "special environments 1.4; protocol.md 6.4",
  parts: ["agent-group-config"],
  capture: nodeNicsOnly,
  steps: groupConfigSteps,
};
