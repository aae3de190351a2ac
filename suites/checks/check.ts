import type { Target } from "../../server-mock/contract/index.ts";
import type { ScenarioHistory } from "../history/types.ts";
import type { Oracle } from "../oracle/index.ts";
import type { Plan } from "../plan.ts";
import type { ScenarioVerdict } from "./verdict.ts";

/** All that a check may look at. */
export interface CheckContext {
  readonly scenario: ScenarioHistory;
  readonly plan: Plan;
  readonly target: Target;
  readonly oracle: Oracle;
}

/** A pure function from one scenario to a verdict on one requirement. */
export interface Check {
  readonly id: string;
  /** True where the objects in the entries must be readable. */
  readonly readsContent: boolean;
  /**
   * What makes it red where the target accepted nothing at all: `cause` where this requirement can be the one reason,
   * `also` where it is broken beside the reason of that id, `itself` where its situation comes before any request that
   * could be accepted, so that it is judged for itself. Everything else is not-testable then.
   */
  readonly withoutAccepted?: "cause" | "itself" | { readonly beside: string };
  readonly run: (context: CheckContext) => ScenarioVerdict;
}
