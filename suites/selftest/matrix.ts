import type { Mutant } from "../../agents/index.ts";
import { type Requirement, requirementSet } from "../requirements/index.ts";
import { choiceOf, controls } from "./subjects.ts";
import { syntheticOnly } from "./synthetic-only.ts";
import type { KillMatrix, MatrixMutant, SubjectOutcome } from "./types.ts";

/**
 * The matrix of mutants and requirements. Pure: the same failures give the same matrix.
 *
 * @param failsOf what a mutant fails: as it declares, or as was seen
 */
export function killMatrix(
  target: string,
  mutants: readonly Mutant[],
  requirements: readonly Requirement[],
  failsOf: (mutant: Mutant) => readonly string[],
): KillMatrix {
  const order = requirements.map(({ id }) => id);
  const rows = mutants.map((mutant): MatrixMutant => {
    const { name, describes, thread } = mutant;
    const fails = failsOf(mutant).toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
    return { name, describes, ...choiceOf(mutant), ...(thread === undefined ? {} : { thread }), fails };
  });
  return {
    schemaVersion: 1,
    requirementSet,
    target,
    mutants: rows,
    controls: controls.map(({ name, describes, expects: { rule } }) => ({ name, describes, rule })),
    requirements: requirements.map(({ id, level, title, notJudgedBecause }) => {
      const failedBy = rows.filter(({ fails }) => fails.includes(id)).map(({ name }) => name);
      const because = notJudgedBecause ?? syntheticOnly[id];
      return { id, level, title, failedBy, ...(because === undefined ? {} : { because }) };
    }),
  };
}

/** What mutants were seen to fail, by name. */
export function seenFailures(outcomes: readonly SubjectOutcome[]): (mutant: Mutant) => readonly string[] {
  const rows = outcomes.filter(({ subject }) => subject.expects.rule === "fails-exactly");
  const byName = new Map(
    rows.map(({ subject, cells }) => [subject.name, [...cells].flatMap(([id, { verdict }]) => (verdict === "fail" ? [id] : []))]),
  );
  return ({ name }) => byName.get(name) ?? [];
}
