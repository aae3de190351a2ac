import type { Environment } from "../types.ts";
import { groupConfigSteps, nodeNicsOnly } from "./ipvlan.ts";

/** Alibaba Cloud Terway: ipvlan and XDP together; what either hides stays hidden. */
export const terway: Environment = {
  name: "terway",
  title: "Alibaba Cloud Terway",
  summary:
    "XDP on top of IPVlan: what either of them hides from the pods' side is hidden here. Capture on the node's NICs and nowhere else.",
  source: "special environments 1; protocol.md 6.4",
  parts: ["agent-group-config"],
  capture: nodeNicsOnly,
  steps: groupConfigSteps,
};
