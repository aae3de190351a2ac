import { whyOutOfReach } from "../out-of-reach.ts";
import type { Plan } from "../plan.ts";
import { exclusionOf, findRequirement, type Requirement, requirements } from "../requirements/index.ts";

/** One line of the results. */
export interface Row {
  readonly requirement: Requirement;
  /** Why it does not hold; absent where it is to be judged. */
  readonly excluded?: string;
}

/**
 * What is reported: all that was planned, and what target, profile or features exclude. A run that was narrowed to some
 * ids says nothing of the others.
 */
export function rowsOf(plan: Plan): readonly Row[] {
  const choice = { ...plan, outOfReach: (requirement: Requirement) => whyOutOfReach(requirement, plan) };
  const rows = requirements.map((requirement) => ({ requirement, excluded: exclusionOf(requirement, choice) }));
  const narrowed = rows.some(
    ({ requirement, excluded }) => excluded === undefined && !plan.requirements.includes(requirement.id),
  );
  const known = rows.flatMap(({ requirement, excluded }): readonly Row[] => {
    if (plan.requirements.includes(requirement.id)) return [{ requirement }];
    return narrowed || excluded === undefined ? [] : [{ requirement, excluded }];
  });
  const unknown = plan.requirements.filter((id) => !findRequirement(id)).map((id) => ({ requirement: unknownRequirement(id) }));
  return [...known, ...unknown];
}

/** An id that a newer harness planned: nobody here can judge it, and it must not get lost. */
function unknownRequirement(id: string): Requirement {
  return {
    id,
    level: "MUST",
    profile: "core",
    holdsFor: { targets: "all", features: [] },
    title: "unknown to this version",
    text: "",
    source: "",
    scenarios: [],
    mutants: [],
    judged: false,
    notJudgedBecause: "this version does not know the requirement",
  };
}
