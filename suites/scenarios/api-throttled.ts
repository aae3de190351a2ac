import { awaitFirstUpload } from "./openings.ts";
import { laidIn, stir, stirred } from "./trouble-objects.ts";
import type { Scenario, Step } from "./types.ts";

/** Ends a watch as every watch ends some time, so that the agent asks anew: no fault by itself. */
const endWatch = (resource: string): Step => ({
  step: "script-api-fault",
  fault: { fault: "api-end-watch", resources: [resource], open: true },
  onlyFor: "watching",
});

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
    endWatch("pods"),
    endWatch("nodes"),
    { step: "await-fault", budget: "api" },
    ...stir("newcomer", "doomed", "hiccup"),
    ...stirred(["newcomer"], ["doomed"]),
    { step: "await-call", budget: "heartbeat" },
    { step: "script-api-fault", fault: { fault: "api-status", code: 429, retryAfterSeconds: 3, resources: ["pods"] } },
    endWatch("pods"),
    { step: "await-fault", budget: "api" },
    ...stir("newcomer-too", "doomed-too", "throttled"),
    ...stirred(["newcomer-too"], ["doomed-too"]),
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
