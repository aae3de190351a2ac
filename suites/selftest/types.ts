import type { Level, Verdict } from "../results.ts";

/** What a run is made of. */
export interface RunChoice {
  readonly profiles: readonly string[];
  readonly features: readonly string[];
}

/** What must come of an agent's run. */
export type Expectation =
  /** These fail, and no others. */
  | { readonly rule: "fails-exactly"; readonly ids: readonly string[] }
  | { readonly rule: "fails-none" }
  | { readonly rule: "fails-no-must" }
  | { readonly rule: "passes-none" };

/** An agent of the self-test in one run. */
export interface Subject {
  /** The mutant's, or the control's; controls have a subject for each run. */
  readonly name: string;
  readonly describes: string;
  readonly choice: RunChoice;
  readonly command: readonly string[];
  /** The command that tells it not to watch. */
  readonly noWatchCommand: readonly string[];
  readonly expects: Expectation;
  /** Scales the budgets of an agent that never does what is waited for. */
  readonly budgetScale?: number;
}

/** A requirement's verdict in a run. */
export interface Cell {
  readonly level: Level;
  readonly verdict: Verdict;
  readonly message: string;
  /** The machine was overloaded, and that alone left it open. */
  readonly untold?: true;
}

/** What came of a subject. */
export interface SubjectOutcome {
  readonly subject: Subject;
  readonly exitCode: number;
  /** By requirement id: all that was judged in its run. */
  readonly cells: ReadonlyMap<string, Cell>;
  /** What the run warned of; says why where the harness itself failed. */
  readonly warnings: readonly string[];
  /** It is of a second run, since this is what the overloaded machine left open in the first. */
  readonly again?: readonly string[];
}

/** A rule of the self-test that was broken, with the cell of the matrix. */
export interface Problem {
  readonly agent?: string;
  readonly requirement?: string;
  readonly text: string;
}

/** The committed matrix: no times, no run ids, nothing that differs from run to run. */
export interface KillMatrix {
  readonly schemaVersion: 1;
  readonly requirementSet: string;
  readonly target: string;
  readonly mutants: readonly MatrixMutant[];
  readonly controls: readonly MatrixControl[];
  readonly requirements: readonly MatrixRequirement[];
}

/** A row: a deliberately wrong agent and what it fails. */
export interface MatrixMutant extends RunChoice {
  readonly name: string;
  readonly describes: string;
  /** Where users met this fault. */
  readonly thread?: string;
  readonly fails: readonly string[];
}

/** An agent that bounds the checks from the other side. */
interface MatrixControl {
  readonly name: string;
  readonly describes: string;
  readonly rule: Expectation["rule"];
}

/** A column: a requirement and the mutants that fail it. */
interface MatrixRequirement {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly failedBy: readonly string[];
  /** Why no mutant fails it: it is not judged, or only transcripts can show it. */
  readonly because?: string;
}
