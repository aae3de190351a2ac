import type { ScenarioHistory } from "../../history/types.ts";
import { lastCommitTo, uploadedResources } from "../../scenarios/goals.ts";
import type { Stage } from "../stage.ts";
import { waitFor, type WaitOutcome } from "../wait.ts";
import { agentIsGone, DONE } from "./waits.ts";

/** How much longer than the window itself is waited for one, where a cluster acts by itself. */
const PATIENCE = 5;

/**
 * Waits until what was written last is no longer news. Where nobody but the story writes, and it has not yet, that is at
 * once; an agent that is a pod is news itself when it starts.
 */
export async function rest(stage: Stage): Promise<WaitOutcome> {
  const scenario = stage.history.scenario(stage.tenant);
  const last = scenario && lastCommitTo(scenario, uploadedResources(scenario));
  if (last === undefined || last.at.seq < (scenario?.steps[0]?.began.seq ?? 0)) return DONE;
  return quiet(stage, stage.budgets.staleness);
}

/**
 * Waits for a window in which nothing is committed to what the agent uploads. Where nobody but the story writes, that is the
 * time from now on; a cluster with controllers may need a while until it rests, or never does.
 *
 * @param windowMs how long nothing must happen
 */
export async function quiet({ tenant, history, signal }: Stage, windowMs: number): Promise<WaitOutcome> {
  const before = history.scenario(tenant);
  const resources = before === undefined ? new Set<string>() : uploadedResources(before);
  const last = (scenario: ScenarioHistory) => lastCommitTo(scenario, resources);
  const deadline = performance.now() + PATIENCE * windowMs;
  for (let rest = before && last(before); ;) {
    const seen = rest?.at.seq ?? -1;
    const until = (scenario: ScenarioHistory) => agentIsGone(scenario) !== undefined || (last(scenario)?.at.seq ?? -1) > seen;
    const ended = await waitFor(history, { tenant, until, budgetMs: windowMs, signal });
    if (!ended.satisfied) return DONE;
    const scenario = history.scenario(tenant);
    if (scenario === undefined || agentIsGone(scenario) !== undefined) return { satisfied: false, note: "the agent ended" };
    rest = last(scenario);
    if (performance.now() + windowMs > deadline) {
      const what = rest === undefined ? "" : `; the last change was to ${rest.of}`;
      return { satisfied: false, note: `the cluster did not rest for ${windowMs} ms within ${PATIENCE * windowMs} ms${what}` };
    }
  }
}
