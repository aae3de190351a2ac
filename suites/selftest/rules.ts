import type { Requirement } from "../requirements/index.ts";
import { nameOf } from "./subjects.ts";
import type { Cell, Problem, SubjectOutcome } from "./types.ts";

/** What a whole matrix is held against. */
export interface Held {
  /** The requirements that some mutant must fail. */
  readonly judged: readonly Requirement[];
  /** Every agent ran, so that each of them must be met by one as well. */
  readonly whole: boolean;
  /** Reasons by id, where no mutant can. */
  readonly excluded: Readonly<Record<string, string>>;
}

/** Every rule that the outcomes break. Pure. */
export function problemsOf(outcomes: readonly SubjectOutcome[], held: Held): readonly Problem[] {
  return [...outcomes.flatMap((outcome) => problemsOfOne(outcome)), ...columnProblems(outcomes, held)];
}

const NO_VERDICTS: readonly number[] = [130, 70, 4];

/** What is wrong with one agent's row. */
export function problemsOfOne(outcome: SubjectOutcome): readonly Problem[] {
  const { subject, exitCode, warnings } = outcome;
  const agent = `${subject.name} (${nameOf(subject.choice)})`;
  if (NO_VERDICTS.includes(exitCode)) {
    return [{ agent, text: `the run ended with ${exitCode}, so that it says nothing: ${warnings.join("; ")}` }];
  }
  const cell = (requirement: string, text: string) => ({ agent, requirement, text });
  switch (subject.expects.rule) {
    case "fails-exactly": {
      const declared = subject.expects.ids;
      const missed = declared.filter((id) => outcome.cells.get(id)?.verdict !== "fail");
      return [
        ...missed.map((id) => cell(id, `is declared to fail, and ${described(outcome.cells.get(id))}`)),
        ...where(outcome, ({ verdict }, id) => verdict === "fail" && !declared.includes(id)).map(([id, { message }]) =>
          cell(id, `is blamed without being declared: ${message}`),
        ),
      ];
    }
    case "fails-none":
      return where(outcome, ({ verdict }) => verdict === "fail" || verdict === "not-testable").map(([id, found]) =>
        cell(id, `is to be green for this agent, and ${described(found)}`),
      );
    case "fails-no-must":
      return where(outcome, ({ verdict, level }) => verdict === "fail" && level === "MUST").map(([id, { message }]) =>
        cell(id, `is a MUST that forbids a permitted way: ${message}`),
      );
    case "passes-none":
      return where(outcome, ({ verdict }) => verdict === "pass").map(([id, { message }]) =>
        cell(id, `is green for an agent that did nothing of it: ${message}`),
      );
  }
}

/**
 * The requirements that the overloaded machine left open, where nothing else is wrong with the agent's row: a second run
 * may tell. Empty for a row that is as it must be, and for one of which a verdict is wrong.
 */
export function leftOpen(outcome: SubjectOutcome): readonly string[] {
  const open = problemsOfOne(outcome).map(({ requirement = "" }) => outcome.cells.get(requirement)?.verdict);
  if (open.length === 0 || open.some((verdict) => verdict !== "not-testable")) return [];
  return where(outcome, ({ untold }) => untold === true).map(([id]) => id);
}

function columnProblems(outcomes: readonly SubjectOutcome[], { judged, whole, excluded }: Held): readonly Problem[] {
  const wrong = outcomes.filter(({ subject }) => subject.expects.rule === "fails-exactly");
  return judged.flatMap(({ id }): readonly Problem[] => {
    const failed = wrong.some(({ cells }) => cells.get(id)?.verdict === "fail");
    const met = !whole || outcomes.some(({ cells }) => cells.get(id)?.verdict === "pass");
    const reason = Object.hasOwn(excluded, id);
    return [
      ...(failed || reason ? [] : [{ requirement: id, text: "no mutant fails it: nothing shows that its check can fail" }]),
      ...(failed && reason ? [{ requirement: id, text: "a mutant fails it, though it is listed as one that none can" }] : []),
      ...(met ? [] : [{ requirement: id, text: "no agent meets it: nothing shows that its check can pass" }]),
    ];
  });
}

function where({ cells }: SubjectOutcome, wanted: (cell: Cell, id: string) => boolean): readonly (readonly [string, Cell])[] {
  return [...cells].filter(([id, cell]) => wanted(cell, id));
}

function described(cell: Cell | undefined): string {
  return cell === undefined ? "was not judged in this run" : `is ${cell.verdict}: ${cell.message}`;
}
