import { awaitFirstUpload } from "./openings.ts";
import type { Scenario } from "./types.ts";

/** An agent starts, uploads, is left in peace, and is told to leave. */
export const firstSnapshot: Scenario = {
  name: "first-snapshot",
  title: "starts, uploads everything, keeps quiet while nothing changes, leaves on SIGTERM",
  profile: "core",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "quiet" },
    { step: "stop-agent" },
  ],
};
