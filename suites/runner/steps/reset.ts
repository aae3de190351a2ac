import type { ScenarioHistory, SyncCall } from "../../history/types.ts";
import { answeredSince, lastCommitTo, uploadedResources } from "../../scenarios/goals.ts";
import type { Stage } from "../stage.ts";
import type { WaitOutcome } from "../wait.ts";
import { quiet } from "./quiet.ts";
import { awaited } from "./waits.ts";

/** So often the server forgets in a cluster that acts by itself, until it is the server that asks. */
const PATIENCE = 5;

/**
 * Makes the server forget, and awaits the agent's first request after that. In a cluster that acts by itself a change may
 * bring entries with it, so that nothing is left to ask for, or come while they are asked for, so that a new version may be
 * due: then once more, after a rest. An agent whose every request has all entries brings the same ones, and is not waited for.
 */
export async function resetUntilAsked(stage: Stage): Promise<WaitOutcome> {
  const scenario = (): ScenarioHistory | undefined => stage.history.scenario(stage.tenant);
  for (let time = 1; ; time += 1) {
    const held = scenario()?.calls.findLast(hasEntries)?.entriesHash;
    stage.mock.reset();
    const reset = scenario()?.resets.at(-1)?.seq ?? Infinity;
    const heard = await awaited(stage, "heartbeat", (live) => answeredSince(live, reset));
    const first = scenario()?.calls.find(({ seq }) => seq > reset);
    if (!heard.satisfied || first === undefined || first.entriesHash === held) return heard;
    const asked = !hasEntries(first);
    if (asked) {
      const brought = await awaited(stage, "echo", (live) => live.calls.some((call) => call.seq > first.seq && hasEntries(call)));
      const stirred = hasChangedSince(scenario(), first.t - stage.budgets.staleness);
      if (!brought.satisfied || !stirred || time === PATIENCE) return heard;
    } else if (time === PATIENCE) {
      const note = `the cluster changed after each of ${PATIENCE} restarts of the server, before the agent could be asked for anything`;
      return { satisfied: false, note };
    }
    const rested = await quiet(stage, stage.budgets.staleness);
    if (!rested.satisfied) return rested;
  }
}

/** Whether something that the agent uploads was written since then; what was there when the story began is not. */
function hasChangedSince(scenario: ScenarioHistory | undefined, since: number): boolean {
  const last = scenario && lastCommitTo(scenario, uploadedResources(scenario));
  return last !== undefined && last.at.seq > (scenario?.steps[0]?.began.seq ?? 0) && last.at.t >= since;
}

function hasEntries({ entriesHash }: SyncCall): boolean {
  return entriesHash !== undefined;
}
