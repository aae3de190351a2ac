import type { ScenarioHistory } from "../../history/types.ts";
import type { Stage } from "../stage.ts";
import { waitFor, type WaitOutcome } from "../wait.ts";

/**
 * After a lost connection nothing but the time tells that an agent stays away, and times in which the harness stood still
 * do not count: it is observed for a little longer than the budget.
 */
const LATE_MS = 2_000;

/** Budgets of recovery from trouble that the story itself made. */
const RECOVERY: readonly (keyof Stage["budgets"])[] = ["transport", "api"];

/** A step that awaits nothing. */
export const DONE: WaitOutcome = { satisfied: true };

/** Waits for something to be seen of the agent, no longer than a budget and what is given beside it; not at all once it is gone. */
export function awaited(
  stage: Stage,
  budget: keyof Stage["budgets"],
  until: (scenario: ScenarioHistory) => boolean,
  extraMs = 0,
): Promise<WaitOutcome> {
  const { tenant, history, signal, budgets } = stage;
  const budgetMs = budgets[budget] + extraMs + (RECOVERY.includes(budget) ? LATE_MS : 0);
  return waitFor(history, { tenant, until, hopeless: agentIsGone, budgetMs, signal });
}

/** How an agent ended that sends nothing more. */
export function agentIsGone(scenario: ScenarioHistory): string | undefined {
  const { lives } = scenario.agent;
  const exit = lives.at(-1)?.exited;
  if (exit === undefined || lives.some(({ exited }) => exited === undefined)) return undefined;
  return exit.signal === null ? `the agent exited with code ${exit.code}` : `the agent was ended by ${exit.signal}`;
}
