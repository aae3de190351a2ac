import { isOutOfReach } from "../history/fault-specs.ts";
import type { History, ScenarioHistory } from "../history/types.ts";
import type { Plan } from "../plan.ts";
import { type CheckResult, isOpen } from "../results.ts";

/** Where `run` and `analyze` exit with what the record says; usage errors (64) never get this far. */
type ExitCode = 0 | 1 | 2 | 3 | 4 | 70 | 130;

/**
 * The exit code of a run, the first that applies: 130 interrupted, 70 harness, 4 environment, 3 the agent never ran or
 * ended before any request, 1 non-conformance or a baseline that is to be mended, 2 inconclusive, 0.
 *
 * @param faults of the harness while it judged
 * @param baselineIsRed some entry of the baseline is stale, constant, unmatched or expired
 */
export function exitCodeOf(
  history: Pick<History, "troubles" | "interrupted" | "ended"> & { readonly scenarios: readonly ScenarioFacts[] },
  checks: readonly CheckResult[],
  plan: Plan,
  faults: readonly string[] = [],
  baselineIsRed = false,
): ExitCode {
  const counting = checks.filter((check) => check.level === "MUST" || plan.failOn === "should");
  if (history.interrupted) return 130;
  if (faults.length > 0 || history.troubles.some(({ blame }) => blame === "harness")) return 70;
  if (history.troubles.some(({ blame }) => blame === "environment")) return 4;
  if (neverHeard(history.scenarios)) return 3;
  if (baselineIsRed || counting.some((check) => check.verdict === "fail" && !check.expected)) return 1;
  const settled = checks.some(({ verdict }) => verdict === "pass" || verdict === "fail");
  const open = counting.some(isOpen);
  const unfired = history.scenarios.some((scenario) => scenario.unfired);
  return !settled || open || unfired || !history.ended ? 2 : 0;
}

/** What the exit code has to know of a scenario. */
export interface ScenarioFacts {
  /** Some call reached the mock, whatever became of it. */
  readonly heard: boolean;
  /** The agent never ran, or it ended without being told to. */
  readonly gone: boolean;
  /** A scripted fault never fired, though it could have. */
  readonly unfired: boolean;
}

/** Reads the facts off a scenario. */
export function exitFactsOf(scenario: ScenarioHistory): ScenarioFacts {
  const { calls, otherCalls, faults } = scenario;
  return {
    heard: calls.length + otherCalls.length > 0,
    gone: isGone(scenario),
    unfired: faults.some((fault) => fault.fired === undefined && !isOutOfReach(fault, scenario)),
  };
}

function isGone({ agent, ended }: ScenarioHistory): boolean {
  if (agent.unstartable) return true;
  const life = agent.lives.at(-1);
  if (!life) return ended !== undefined;
  const { exited } = life;
  return exited !== undefined && !life.signals.some(({ seq }) => seq < exited.seq);
}

/** No call at all in the whole run, and the agent never ran, or ended without being told to. */
function neverHeard(scenarios: readonly ScenarioFacts[]): boolean {
  return scenarios.every(({ heard }) => !heard) && scenarios.some(({ gone }) => gone);
}
