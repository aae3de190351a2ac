import { awaitFirstUpload } from "./openings.ts";
import { laidIn, stir, stirred } from "./trouble-objects.ts";
import type { Scenario } from "./types.ts";

/** Single errors, each healed by the next try; then the API server throttles, and says for how long. */
export const apiThrottled: Scenario = {
  name: "api-throttled",
  title: "makes nothing of single errors, and waits as long as the API server asks for",
  profile: "kubernetes",
  throughProxy: true,
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    ...laidIn,
    { step: "script-api-fault", fault: { fault: "api-status", code: 500, resources: ["pods"] } },
    { step: "script-api-fault", fault: { fault: "api-status", code: 503, resources: ["nodes"] } },
    { step: "cut-api-connections" },
    { step: "await-fault", budget: "api" },
    ...stir("newcomer", "doomed", "hiccup"),
    ...stirred(["newcomer"], ["doomed"]),
    { step: "await-call", budget: "heartbeat" },
    { step: "script-api-fault", fault: { fault: "api-status", code: 429, retryAfterSeconds: 3, resources: ["pods"] } },
    { step: "cut-api-connections" },
    { step: "await-fault", budget: "api" },
    ...stir("newcomer-too", "doomed-too", "throttled"),
    ...stirred(["newcomer-too"], ["doomed-too"]),
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
