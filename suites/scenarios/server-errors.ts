import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** gRPC status codes. */
const RESOURCE_EXHAUSTED = 8;
const INTERNAL = 13;
const UNAVAILABLE = 14;

/** More than any agent sends while the errors last. */
const ALL = 1_000_000;

/** The server answers with errors: to a request of any kind, to two snapshots, then to everything for a while. */
export const serverErrors: Scenario = {
  name: "server-errors",
  title: "repeats what was answered with an error, and not in a hot loop",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "script-fault", fault: { fault: "status", code: UNAVAILABLE } },
    { step: "await-fault", budget: "heartbeat" },
    { step: "script-fault", fault: { fault: "status", code: INTERNAL, when: "entries", times: 2 } },
    addNamespace("first"),
    { step: "await-fault", budget: "transport" },
    { step: "await-shown", objects: ["first"], budget: "transport" },
    { step: "script-fault", fault: { fault: "status", code: RESOURCE_EXHAUSTED, times: ALL } },
    addNamespace("second"),
    { step: "await-fault", budget: "transport" },
    { step: "quiet" },
    { step: "clear-faults" },
    { step: "await-shown", objects: ["second"], budget: "transport" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
