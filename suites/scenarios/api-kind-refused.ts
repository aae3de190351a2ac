import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import { laidIn, stir, stirred } from "./trouble-objects.ts";
import type { Scenario } from "./types.ts";

/** The permission to read Pods is taken away for a while, and everything else goes on. */
export const apiKindRefused: Scenario = {
  name: "api-kind-refused",
  title: "keeps the pods that it may not read for a while, says so, and catches up",
  profile: "kubernetes",
  throughProxy: true,
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    ...laidIn,
    { step: "script-api-fault", fault: { fault: "api-status", code: 403, resources: ["pods"], times: "all" } },
    { step: "cut-api-connections" },
    { step: "await-fault", budget: "api" },
    ...stir("newcomer", "doomed", "refused"),
    // A snapshot in the midst of it, since something changes that the agent may read.
    addNamespace("readable"),
    { step: "await-shown", objects: ["readable"], budget: "api" },
    { step: "await-error", told: true },
    { step: "clear-api-faults" },
    ...stirred(["newcomer"], ["doomed"]),
    { step: "await-error", told: false },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
