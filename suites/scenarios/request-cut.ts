import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** The connection breaks twice while a snapshot is on its way: the server has none of it, and nothing changes afterwards. */
export const requestCut: Scenario = {
  name: "request-cut",
  title: "sends a snapshot again whose connection broke before the server had all of it",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "script-fault", fault: { fault: "cut-request", when: "entries", times: 2 } },
    addNamespace("half-sent"),
    { step: "await-fault", budget: "transport" },
    { step: "await-call", budget: "transport", essential: true },
    { step: "await-shown", objects: ["half-sent"], budget: "transport" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
