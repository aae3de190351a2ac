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
  /** The run of the kill matrix that it turns red; absent where it turns none red, or none was asked. */
  readonly redIn?: string;
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

/** What the runs of the kill matrix said of those that no test killed. */
interface MatrixCounts {
  /** How many runs there were. */
  readonly runs: number;
  /** So many of the survivors turn one of them red. */
  readonly killed: number;
  /** Of so many that turned none red not all runs were asked, since each takes long. */
  readonly cut: number;
}

/** What a file's last run showed. */
export interface FileResult extends Counts {
  /** The numbers of the first run; absent where that was none of all the tests that there were. */
  readonly before?: Counts;
  /** Test files that judge too, and were left out: what lives may die in them. Absent: none. */
  readonly leftOut?: readonly string[];
  /** Absent where the runs of the kill matrix were not asked since the file was last judged by tests. */
  readonly matrix?: MatrixCounts;
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
export function isSame(
  survivor: Survivor,
  mutant: Pick<Mutant, "within" | "operator" | "original" | "mutated" | "nth">,
): boolean {
  const { within, operator, original, mutated, nth = 1 } = survivor;
  return (
    within === mutant.within &&
    operator === mutant.operator &&
    original === mutant.original &&
    mutated === mutant.mutated &&
    nth === mutant.nth
  );
}

/** What the runs of the kill matrix said of those that still live, where the file is as it was then. */
export function withMatrix(now: FileResult, last: FileResult | undefined, mutants: readonly Mutant[]): FileResult {
  const isAsItWas = last?.survivors.every((survivor) => mutants.some((mutant) => isSame(survivor, mutant)));
  if (last?.matrix === undefined || last.mutants !== now.mutants || isAsItWas !== true) return now;
  const survivors = now.survivors.map((survivor) => {
    const { nth = 1 } = survivor;
    const redIn = last.survivors.find((one) => isSame(one, { ...survivor, nth }))?.redIn;
    return redIn === undefined ? survivor : { ...survivor, redIn };
  });
  const killed = survivors.filter((survivor) => "redIn" in survivor).length;
  return { ...now, survivors, matrix: { ...last.matrix, killed } };
}
