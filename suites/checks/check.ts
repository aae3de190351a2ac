import type { Target } from "../../server-mock/contract/index.ts";
import type { ScenarioHistory } from "../history/types.ts";
import type { Oracle } from "../oracle/index.ts";
import type { Plan } from "../plan.ts";
import type { ControlledVerdict, ScenarioVerdict } from "./verdict.ts";

/** All that a check may look at. */
export interface CheckContext {
  readonly scenario: ScenarioHistory;
  readonly plan: Plan;
  readonly target: Target;
  readonly oracle: Oracle;
}

/** A pure function from one scenario to a verdict on one requirement. */
export type Check = UploadCheck | ControlledCheck;

/** Passes by an accepted request of the agent, as every check does but one. */
interface UploadCheck extends CheckBasis {
  readonly id: string;
  readonly run: (context: CheckContext) => ScenarioVerdict;
}

/** KAS-CFG-4 alone is exempt: an agent that was told not to watch has no accepted request, but its control run has. */
export interface ControlledCheck extends CheckBasis {
  readonly id: "KAS-CFG-4";
  readonly run: (context: CheckContext) => ControlledVerdict;
}

interface CheckBasis {
  /** True where the objects in the entries must be readable. */
  readonly readsContent: boolean;
  /** True where it rests on what the agent asked the API server for and was given. */
  readonly readsDelivery?: true;
  /**
   * What makes it red where the target accepted nothing at all: `cause` where this requirement can be the one reason,
   * `also` where it is broken beside the reason of that id, `itself` where its situation comes before any request that
   * could be accepted, so that it is judged for itself. Everything else is not-testable then.
   */
  readonly withoutAccepted?: "cause" | "itself" | { readonly beside: string };
}
