import type { AgentBehaviour } from "../reference/index.ts";
import type { Mutant } from "./mutant.ts";

const RECOVERY: Mutant["run"] = { profiles: ["recovery"], features: [] };

const UNAVAILABLE = 14;

/** Faults of what an agent does when something fails: KAS-CONN-2 to 5, LIFE-3, LIFE-5. */
export const recoveryMutants: readonly Mutant[] = [
  {
    name: "never-reconnects",
    describes: "holds on to a connection that is gone, and sends nothing any more",
    run: RECOVERY,
    fails: ["KAS-CONN-2"],
    behaviour: neverReconnects,
  },
  {
    name: "hot-retry",
    describes: "repeats a failed call at once",
    run: RECOVERY,
    fails: ["KAS-CONN-3"],
    behaviour: () => ({ retryAfter: () => 10 }),
  },
  {
    name: "waits-for-ever",
    describes: "sets no deadline on its calls",
    run: RECOVERY,
    // The snapshot is not delivered either, since the agent waits for the answer to it: that is blamed once.
    fails: ["KAS-CONN-4"],
    thread: "deepflowio/deepflow#8738",
    settings: () => ({ callTimeoutMs: 86_400_000 }),
  },
  {
    name: "gives-up-after-failure",
    describes: "takes a snapshot as sent, whatever became of the call, until something changes again",
    run: RECOVERY,
    fails: ["KAS-CONN-5"],
    behaviour: () => ({ beat: ({ changed }) => (changed ? "all-entries" : "no-entries"), wantsEverything: () => false }),
  },
  {
    name: "exits-on-error",
    describes: "exits when a call fails",
    run: RECOVERY,
    fails: ["KAS-LIFE-5"],
    behaviour: () => ({ callFailed: () => process.exit(1) }),
  },
  {
    name: "restart-reuses-version",
    describes: "counts its versions from the same number in every life",
    run: RECOVERY,
    fails: ["KAS-LIFE-3"],
    behaviour: () => ({ firstVersion: () => 1n }),
  },
];

function neverReconnects(): Partial<AgentBehaviour> {
  let lost = false;
  return {
    callFailed: (code) => void (lost ||= code === UNAVAILABLE),
    beat({ changed, acknowledged }) {
      if (lost) return "nothing";
      return changed || !acknowledged ? "all-entries" : "no-entries";
    },
  };
}
