import type { Plan } from "./plan.ts";
import type { Requirement } from "./requirements/index.ts";
import { scenariosOf, whyUntold } from "./scenarios/index.ts";

/** Requirements about what is done to the agent itself, whatever the story, by the power that they take. */
const OF_REQUIREMENTS: Readonly<Record<string, string>> = {
  "KAS-LIFE-1": "start",
  "KAS-LIFE-4": "stop",
  "KAS-LIFE-5": "follow",
  "KAS-SCALE-2": "start",
};

/**
 * Why a requirement cannot be judged in a run, for people; undefined where it can: what it takes cannot be done to this
 * agent, or no story of the profiles that it is judged in can be told. Pure.
 */
export function whyOutOfReach(
  { id, scenarios: named }: Requirement,
  plan: Pick<Plan, "agent" | "cluster" | "profiles">,
): string | undefined {
  const own = plan.agent.lacks?.[OF_REQUIREMENTS[id] ?? ""];
  if (own !== undefined) return `it takes what cannot be done to this agent: ${own}`;
  const told = scenariosOf(plan.profiles).filter(({ name }) => (named as readonly string[]).includes(name));
  const reasons = told.map((scenario) => whyUntold(scenario, plan));
  const [reason] = reasons;
  if (reason === undefined || reasons.includes(undefined)) return undefined;
  return `no story that it is judged in can be told here: ${reason}`;
}
