import { awaitFirstUpload } from "./openings.ts";
import type { Scenario } from "./types.ts";

/** Connections are cut, then the server goes down and comes back, once with its memory and once without. */
export const serverRestarts: Scenario = {
  name: "server-restarts",
  title: "comes back after its connection was reset, and after the server was down, whatever that remembers",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "cut-connections" },
    { step: "await-call", budget: "transport", essential: true },
    { step: "outage", memory: "kept" },
    { step: "await-call", budget: "transport", essential: true },
    { step: "outage", memory: "lost" },
    { step: "await-upload", until: "stored-after-reset", budget: "transport" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
