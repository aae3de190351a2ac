import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** The server takes a snapshot, and the connection breaks before the answer: the agent cannot know what became of it. */
export const answerLost: Scenario = {
  name: "answer-lost",
  title: "goes on where the answer to a snapshot was lost",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "script-fault", fault: { fault: "lose-answer", when: "entries" } },
    addNamespace("unanswered"),
    { step: "await-fault", budget: "staleness" },
    { step: "await-call", budget: "transport", essential: true },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
