import type { Plan } from "../plan.ts";
import type { Scenario, Step } from "./types.ts";

/** What of a plan decides which stories can be told. */
export type Limits = Pick<Plan, "agent" | "cluster">;

/** Why nothing is made or changed in a cluster that is only read. */
const READ_ONLY = "the cluster is only read (--read-only)";
/** Why a kind cluster is not made large: its pods are real ones, on nodes that share this machine. */
const TOO_LARGE = "a kind cluster is not filled with thousands of pods; embedded and envtest clusters are";

/**
 * Why a story cannot be told in a run, whatever the agent does; undefined where it can. That an agent is told to leave at
 * its end is no part of it.
 *
 * @param limits what cannot be done to the agent, and in the cluster
 */
export function whyUntold(scenario: Scenario, { agent, cluster }: Limits): string | undefined {
  const { steps, underClusterRole, large } = scenario;
  if (cluster.readOnly === true && (underClusterRole === true || steps.some(writes))) return READ_ONLY;
  if (cluster.kind === "kind" && large === true) return TOO_LARGE;
  const needed = steps.flatMap((step, index) => powerFor(step, steps.slice(0, index)) ?? []);
  const missing = needed.find((power) => Object.hasOwn(agent.lacks ?? {}, power));
  return missing === undefined ? undefined : agent.lacks?.[missing];
}

function writes({ step }: Step): boolean {
  return step === "create" || step === "change" || step === "delete";
}

/** The power over the agent that a step takes; see `PlannedAgent.lacks`. */
function powerFor(step: Step, before: readonly Step[]): string | undefined {
  switch (step.step) {
    case "kill-agent":
    case "kill-uploader":
      return "kill";
    case "pause-agent":
    case "resume-agent":
      return "freeze";
    case "start-agent":
      if (step.told !== undefined) return "no-watch";
      if (step.replica !== undefined) return "replicas";
      return before.some((earlier) => earlier.step === "start-agent") ? "restart" : undefined;
    default:
      return undefined;
  }
}
