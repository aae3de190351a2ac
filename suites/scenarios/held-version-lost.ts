import { awaitFirstUpload } from "./openings.ts";
import type { Scenario } from "./types.ts";

/** The server restarts with amnesia while nothing changes: only the echoed version tells the agent. */
export const heldVersionLost: Scenario = {
  name: "held-version-lost",
  title: "uploads everything again when the server answers with another version",
  profile: "core",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "await-rest" },
    // The agent is told at its next heartbeat; what is asked of it counts from there.
    { step: "reset-until-asked" },
    { step: "await-upload", until: "stored-after-reset", budget: "echo" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
