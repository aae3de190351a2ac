import { awaitFirstUpload } from "./openings.ts";
import type { Scenario, Step } from "./types.ts";

/** Somebody writes another snapshot under the agent's cluster_id, and the agent brings its own back. */
const overwritten: readonly Step[] = [
  { step: "write-as-other" },
  { step: "await-call", budget: "heartbeat" },
  { step: "await-upload", until: "stored-after-reset", budget: "echo" },
  { step: "await-call", budget: "heartbeat" },
];

/** A second agent with the same cluster_id, by mistake: it writes three times, and goes. */
export const anotherWriter: Scenario = {
  name: "another-writer",
  title: "uploads everything again whenever somebody else wrote under its cluster_id",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    ...overwritten,
    ...overwritten,
    ...overwritten,
    { step: "stop-agent" },
  ],
};
