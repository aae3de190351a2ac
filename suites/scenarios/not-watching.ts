import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** A control run, in which the agent watches, and then the same agent, told not to, while the cluster changes. */
export const notWatching: Scenario = {
  name: "not-watching",
  title: "uploads when it may watch, and is silent on both sides when it is told not to",
  profile: "restricted",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
    { step: "start-agent", told: "not-to-watch" },
    addNamespace("unseen"),
    { step: "await-silence" },
    { step: "stop-agent" },
  ],
};
