import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** The agent is killed and started again twice: the cluster changes while it is away the first time, and not the second. */
export const agentRestarts: Scenario = {
  name: "agent-restarts",
  title: "uploads everything after its own restart, under a version of its own",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "kill-agent" },
    addNamespace("missed"),
    { step: "start-agent" },
    { step: "await-upload", until: "entries-of-this-life", budget: "start" },
    { step: "await-call", budget: "heartbeat" },
    { step: "kill-agent" },
    { step: "start-agent" },
    { step: "await-upload", until: "entries-of-this-life", budget: "start" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
