import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** A cluster of thousands of pods: the first snapshot, heartbeats, and one change, which has everything uploaded again. */
export const largeCluster: Scenario = {
  name: "large-cluster",
  title: "uploads a cluster of thousands of pods whole, in time, and within the server's message limit",
  profile: "scale",
  large: true,
  steps: [
    { step: "start-agent" },
    { step: "await-upload", until: "entries", budget: "scale", essential: true },
    { step: "await-upload", until: "accepted", budget: "echo", essential: true },
    { step: "await-call", budget: "heartbeat" },
    addNamespace("one-more"),
    { step: "await-shown", objects: ["one-more"], budget: "scale" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
