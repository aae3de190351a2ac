import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** A snapshot is never answered, and nothing changes afterwards: only a deadline and a repetition deliver it. */
export const callUnanswered: Scenario = {
  name: "call-unanswered",
  title: "gives up a call that is never answered, and repeats it",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "script-fault", fault: { fault: "silence", when: "entries" } },
    addNamespace("unheard"),
    { step: "await-fault", budget: "staleness" },
    { step: "await-call", budget: "transport", afterTimeout: true, essential: true },
    { step: "await-shown", objects: ["unheard"], budget: "transport" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
