import type { ScenarioHistory } from "../history/types.ts";
import type { LiveHistory } from "./live-history.ts";

/** How a wait ended. Running out of budget is no verdict. */
export type WaitOutcome = { readonly satisfied: true } | { readonly satisfied: false; readonly note: string };

/** What is awaited, and for how long. */
export interface Wait {
  readonly tenant: string;
  readonly until: (scenario: ScenarioHistory) => boolean;
  /** Why it can no longer come true, where that is known before the budget is over. */
  readonly hopeless?: (scenario: ScenarioHistory) => string | undefined;
  /**
   * Times in which the harness itself stood still, or the agent had no processor, are waited for beside it, since no budget
   * of the agent counts them.
   */
  readonly budgetMs: number;
  readonly signal: AbortSignal;
}

/** Within this time it is known that nothing could be done: twice the longest time between two looks. Milliseconds. */
const NEWS_MS = 1_000;
/** A wait ends after so many budgets, however little of that time the agent could use. */
const MOST_BUDGETS = 4;

/**
 * Waits for something to be seen in the history; a look is taken whenever the tenant's history grew.
 *
 * @throws the signal's reason when aborted, and whatever a predicate throws
 */
export function waitFor(history: LiveHistory, wait: Wait): Promise<WaitOutcome> {
  return new Promise((resolve, reject) => {
    const release: (() => void)[] = [];
    const settle = (act: () => void) => {
      for (const undo of release) undo();
      act();
    };
    const look = () => {
      try {
        const scenario = history.scenario(wait.tenant);
        if (scenario === undefined) return;
        if (wait.until(scenario)) return settle(() => resolve({ satisfied: true }));
        const note = wait.hopeless?.(scenario);
        if (note !== undefined) settle(() => resolve({ satisfied: false, note }));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const onAbort = () => settle(() => reject(wait.signal.reason as Error));
    if (wait.signal.aborted) return onAbort();

    const note = `not within ${wait.budgetMs} ms`;
    const before = history.stalledMs(wait.tenant);
    let granted = before;
    let news = false;
    const onBudgetOver = () => {
      const stalled = history.stalledMs(wait.tenant);
      const lost = Math.min(stalled, before + (MOST_BUDGETS - 1) * wait.budgetMs) - granted;
      // Of the last moments it may not be known yet.
      const more = lost > 0 ? lost : stalled > 0 && !news ? NEWS_MS : 0;
      news = lost <= 0;
      granted += lost;
      if (more > 0) timer = setTimeout(onBudgetOver, more);
      else settle(() => resolve({ satisfied: false, note }));
    };
    let timer = setTimeout(onBudgetOver, wait.budgetMs);
    wait.signal.addEventListener("abort", onAbort);
    release.push(
      () => clearTimeout(timer),
      () => wait.signal.removeEventListener("abort", onAbort),
      history.onChange(wait.tenant, look),
    );
    look();
  });
}
