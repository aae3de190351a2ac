import type { Mutant } from "./mutants.ts";
import type { Operator } from "./operators.ts";

/** What became of a mutant: a test went red, it would not have ended, no test noticed, or none ran it. */
export type Status = "killed" | "timeout" | "survived" | "not covered";

/** A mutant that lives. */
export interface Survivor {
  readonly within: string;
  readonly operator: Operator;
  readonly status: "survived" | "not covered";
  readonly original: string;
  readonly mutated: string;
  /** Absent: 1. */
  readonly nth?: number;
  /** Why it stays; absent where nobody looked into it yet. */
  readonly reason?: string;
}

/** How many mutants of a file met which end. */
export interface Counts {
  readonly mutants: number;
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly notCovered: number;
}

/** What a file's last run showed. */
export interface FileResult extends Counts {
  /** The numbers of the first run; absent where that was none of all the tests that there were. */
  readonly before?: Counts;
  /** Test files that judge too, and were left out: what lives may die in them. Absent: none. */
  readonly leftOut?: readonly string[];
  readonly survivors: readonly Survivor[];
}

/** docs/check-mutation.json: by file, as a path from the root. */
export interface MutationResults {
  readonly schemaVersion: 1;
  readonly files: Readonly<Record<string, FileResult>>;
}

/** @param verdicts of the mutants, in their order @param before of the first run; absent where this is it */
export function fileResult(
  mutants: readonly Mutant[],
  verdicts: readonly Status[],
  before: Counts | undefined,
  reasonOf: (mutant: Mutant) => string | undefined,
): FileResult {
  const of = (status: Status) => verdicts.filter((verdict) => verdict === status).length;
  const counts: Counts = {
    mutants: mutants.length,
    killed: of("killed"),
    timeout: of("timeout"),
    survived: of("survived"),
    notCovered: of("not covered"),
  };
  const survivors = mutants.flatMap((mutant, index): readonly Survivor[] => {
    const status = verdicts[index];
    if (status !== "survived" && status !== "not covered") return [];
    const { within, operator, original, mutated, nth } = mutant;
    const reason = reasonOf(mutant);
    return [{ within, operator, status, original, mutated, ...(nth > 1 && { nth }), ...(reason !== undefined && { reason }) }];
  });
  return { ...counts, before: before ?? counts, survivors };
}

/** Whether a survivor of an earlier run is this mutant. */
export function isSame(survivor: Survivor, mutant: Mutant): boolean {
  const { within, operator, original, mutated, nth = 1 } = survivor;
  return (
    within === mutant.within &&
    operator === mutant.operator &&
    original === mutant.original &&
    mutated === mutant.mutated &&
    nth === mutant.nth
  );
}
