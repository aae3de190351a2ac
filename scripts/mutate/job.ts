import type { Status } from "./results.ts";

/** What one judging process is to do; it reads this from the file that MUTATE_JOB names. */
export interface Job {
  /** Of each mutated file the number of its first mutant. */
  readonly first: Readonly<Record<string, number>>;
  /** How many mutants there are in all. */
  readonly all: number;
  /** The mutants to be judged, by number. */
  readonly mutants: readonly number[];
  /** Those of them that only a fresh load of all files shows. */
  readonly static: readonly number[];
  /** Test files, as paths from the root. */
  readonly tests: readonly string[];
  /** Those of them that look at nothing but verdicts: what only words it otherwise cannot turn them red. */
  readonly verdictsAlone: readonly string[];
  /** Those of them that come last: what they alone kill lived before they were added. */
  readonly added: readonly string[];
  /** Folder of the runs of the kill matrix; where it is given, they judge and the tests do not. */
  readonly matrix?: string;
  /** Where the outcomes are written, a JSON line each. */
  readonly outcomes: string;
}

/** A line of the outcomes. `cut`: not all that pass the mutant were asked, since each takes long. */
export type Outcome =
  | { readonly begins: number }
  | { readonly mutant: number; readonly status: Status; readonly by?: string; readonly cut?: true }
  | { readonly problem: string };
