import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** The agent's process stands still for a while, as on a node that is starved of time, and goes on. */
export const agentPaused: Scenario = {
  name: "agent-paused",
  title: "goes on where it was after its process stood still",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "pause-agent" },
    { step: "quiet" },
    { step: "resume-agent" },
    { step: "await-call", budget: "transport", essential: true },
    addNamespace("after-the-pause"),
    { step: "await-shown", objects: ["after-the-pause"], budget: "staleness" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
