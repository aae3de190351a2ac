/** The result types: `results.json` and what is rendered from it. */

/** What a check says of a requirement. */
export type Verdict = "pass" | "fail" | "not-testable" | "not-applicable";
/** MUST decides the exit code; SHOULD does on request. */
export type Level = "MUST" | "SHOULD";

/** A place in the transcript that a verdict rests on. */
export interface Evidence {
  readonly seq: number;
  readonly note: string;
}

/** The verdict of a requirement in one scenario. */
export interface ScenarioResult {
  readonly name: string;
  readonly verdict: Verdict;
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

/** The verdict of a requirement over all scenarios. */
export interface CheckResult {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly verdict: Verdict;
  /** True where a baseline expects this failure. */
  readonly expected: boolean;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly source: string;
  /** Transcript time from precondition to outcome. */
  readonly durationMs: number;
  readonly scenarios: readonly ScenarioResult[];
}

/** How many requirements ended how. */
export interface Counts {
  readonly pass: number;
  readonly fail: number;
  readonly notTestable: number;
  readonly notApplicable: number;
  readonly expectedFailure: number;
}

/** results.json. */
export interface Results {
  readonly schemaVersion: 1;
  readonly run: { readonly id: string; readonly startedAt: string; readonly durationMs: number; readonly seed: number };
  readonly harness: { readonly version: string; readonly requirementSet: string };
  readonly agent: { readonly form: string; readonly command: readonly string[] };
  readonly target: string;
  readonly cluster: { readonly kind: string; readonly version: string };
  readonly profiles: readonly string[];
  readonly features: readonly string[];
  readonly counts: Counts;
  readonly exitCode: number;
  readonly checks: readonly CheckResult[];
  readonly inventory: readonly unknown[];
  readonly faults: readonly { readonly scripted: string; readonly fired: boolean }[];
  readonly warnings: readonly string[];
}
