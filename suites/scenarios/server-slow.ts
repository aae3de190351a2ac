import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** Slower than an interval of one second, and quicker than any call timeout. */
const LATE_MS = 1_500;

/** The server answers late, a snapshot and heartbeats, and twice sends its clients away as one does that is upgraded. */
export const serverSlow: Scenario = {
  name: "server-slow",
  title: "waits for late answers, and connects again when it is sent away",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "script-fault", fault: { fault: "delay", ms: LATE_MS, when: "entries" } },
    addNamespace("late"),
    { step: "await-fault", budget: "staleness" },
    { step: "await-shown", objects: ["late"], budget: "transport" },
    { step: "script-fault", fault: { fault: "delay", ms: LATE_MS, times: 2 } },
    { step: "await-fault", budget: "transport" },
    { step: "send-away" },
    { step: "await-call", budget: "transport", essential: true },
    { step: "await-call", budget: "heartbeat" },
    { step: "send-away" },
    addNamespace("after"),
    { step: "await-shown", objects: ["after"], budget: "transport" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
