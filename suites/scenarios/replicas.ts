import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** Two replicas of the agent on one cluster_id: they start together, and the one that uploads is killed. */
export const replicas: Scenario = {
  name: "replicas",
  title: "uploads from one of two replicas at a time, and from the other once that is killed",
  profile: "restricted",
  steps: [
    { step: "start-agent", replica: 1 },
    { step: "start-agent", replica: 2 },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    addNamespace("shared"),
    { step: "await-shown", objects: ["shared"], budget: "staleness" },
    { step: "quiet" },
    { step: "kill-uploader" },
    { step: "await-upload", until: "successor", budget: "start" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
