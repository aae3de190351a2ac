/** The result types: `results.json` and what is rendered from it. */

import type { Inventory } from "../server-mock/contract/index.ts";

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

/** What the target makes of a scenario's last accepted snapshot; the first objects of `dropped` and `reduced`. */
export interface InventoryResult extends Inventory {
  readonly scenario: string;
  /** The request that carried it. */
  readonly seq: number;
  /** What becomes of the pods, in one line for people. */
  readonly summary: string;
  /** How many objects each rule drops, all of them counted. */
  readonly droppedByRule: Readonly<Record<string, number>>;
}

/** results.json. */
export interface Results {
  readonly schemaVersion: 1;
  readonly run: { readonly id: string; readonly startedAt: string; readonly durationMs: number; readonly seed: number };
  readonly harness: { readonly version: string; readonly requirementSet: string; readonly requirementSetSha256?: string };
  readonly agent: { readonly form: string; readonly command: readonly string[] };
  readonly target: string;
  readonly cluster: { readonly kind: string; readonly version: string };
  readonly profiles: readonly string[];
  readonly features: readonly string[];
  readonly counts: Counts;
  readonly exitCode: number;
  readonly checks: readonly CheckResult[];
  /** One for each scenario in which a snapshot was accepted. */
  readonly inventory: readonly InventoryResult[];
  readonly faults: readonly { readonly scripted: string; readonly fired: boolean }[];
  readonly warnings: readonly string[];
}
