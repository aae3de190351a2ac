import { awaitFirstUpload } from "./openings.ts";
import { laidIn, stir, stirred } from "./trouble-objects.ts";
import type { Scenario } from "./types.ts";

/** The API server restarts: every connection is reset, and so is every request until it is back. */
export const apiServerDown: Scenario = {
  name: "api-server-down",
  title: "keeps everything while the API server is down, says so, and catches up",
  profile: "kubernetes",
  throughProxy: true,
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    ...laidIn,
    { step: "script-api-fault", fault: { fault: "api-reset", times: "all" } },
    { step: "cut-api-connections" },
    { step: "await-fault", budget: "api" },
    ...stir("newcomer", "doomed", "down"),
    { step: "await-error", told: true },
    { step: "clear-api-faults" },
    ...stirred(["newcomer"], ["doomed"]),
    { step: "await-error", told: false },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
