import { awaitFirstUpload } from "./openings.ts";
import { stir, stirred, stock } from "./trouble-objects.ts";
import type { Scenario } from "./types.ts";

/**
 * The agent starts again, and its first list of Pods comes from an API server that is behind: what happened since its state
 * comes by the watch from there alone. A list may be old where it is asked for with resourceVersion 0.
 */
export const apiListStale: Scenario = {
  name: "api-list-stale",
  title: "catches up by its watch where its first list came from an API server that is behind",
  profile: "kubernetes",
  throughProxy: true,
  steps: [
    { step: "create", objects: stock },
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "kill-agent" },
    ...stir("newcomer", "doomed", "stale"),
    { step: "script-api-fault", fault: { fault: "api-stale-list", resources: ["pods"], page: "first" } },
    { step: "start-agent" },
    { step: "await-fault", budget: "start" },
    { step: "await-upload", until: "entries-of-this-life", budget: "start" },
    ...stirred(["newcomer"], ["doomed"]),
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
