import { awaitFirstUpload } from "./openings.ts";
import type { Scenario } from "./types.ts";

/** More than the 24 hours after which a server forgets what nobody confirmed (protocol.md 2.4). */
const OVER_A_DAY_MS = 25 * 60 * 60_000;

/** Nothing changes for so long that the server forgets the cluster: its clock goes on by more than a day, twice. */
export const longQuiet: Scenario = {
  name: "long-quiet",
  title: "brings back a cluster that the server forgot, since a day went by",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    { step: "advance-clock", ms: OVER_A_DAY_MS },
    { step: "await-call", budget: "heartbeat" },
    { step: "await-upload", until: "stored-after-reset", budget: "echo" },
    { step: "quiet" },
    { step: "advance-clock", ms: OVER_A_DAY_MS },
    { step: "await-call", budget: "heartbeat" },
    { step: "await-upload", until: "stored-after-reset", budget: "echo" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
