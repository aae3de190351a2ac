/** The result types: `results.json` and what is rendered from it. */

import type { PlannedAgent } from "./plan.ts";
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
  /** Present where the baseline expects this failure. */
  readonly expected?: true;
  /** What happened around a failure; of one that was told several times, only of the first. */
  readonly context?: FailureContext;
}

/** What a reader needs to understand a failure without the transcript. Bounded. */
export interface FailureContext {
  /** What the failure names (`cited`), and what happened just before and after; `ms` since the run began. */
  readonly timeline: readonly { readonly seq: number; readonly ms: number; readonly text: string; readonly cited?: true }[];
  /** Where the failure is about a snapshot: the kinds in which the cluster, as it was when it arrived, differs from it. */
  readonly snapshot?: {
    readonly seq: number;
    /** How many kinds are alike on both sides. */
    readonly alike: number;
    /** Kinds of the cluster of which the agent never sent any, with how many there are: `configmaps (12)`. */
    readonly unsent: readonly string[];
    readonly kinds: readonly {
      readonly resource: string;
      /** How many the cluster had, and how many the snapshot has. */
      readonly cluster: number;
      readonly snapshot: number;
      /** The first names, `namespace/name`; the last says how many more there are. */
      readonly missing: readonly string[];
      readonly extra: readonly string[];
    }[];
  };
  /** Faults that were in force. */
  readonly faults?: readonly string[];
}

/** The scenario that a scenario run tells: `life-of-objects` of `life-of-objects#3`. */
export function scenarioOf(name: string): string {
  return name.replace(/#\d+$/u, "");
}

/** The verdict of a requirement over all scenarios. */
export interface CheckResult {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly verdict: Verdict;
  /** True where a baseline expects this failure. */
  readonly expected: boolean;
  /** The baseline's reason, where it expects this failure. */
  readonly expectedBecause?: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly source: string;
  /** Transcript time from precondition to outcome. */
  readonly durationMs: number;
  readonly scenarios: readonly ScenarioResult[];
}

/** True where a requirement could not be tested, or not beside the failures that are expected: nothing excuses that. */
export function isOpen({ verdict, expected, scenarios }: CheckResult): boolean {
  return verdict === "not-testable" || (expected && scenarios.some((scenario) => scenario.verdict === "not-testable"));
}

/** How often a requirement failed in a scenario that was told several times. */
export interface RepeatResult {
  readonly id: string;
  readonly scenario: string;
  readonly runs: number;
  readonly passed: number;
  readonly failed: number;
  readonly notTestable: number;
  /** Failures among passes and failures, 0 to 1; 0 where it neither passed nor failed. */
  readonly failureRate: number;
}

/** What has become of an entry of the baseline. */
export interface BaselineEntryResult {
  readonly list: "expected" | "flaky";
  readonly id: string;
  readonly scenario?: string;
  /** `stale`, `constant`, `unmatched` and `expired` make a run fail. */
  readonly state: "failed" | "flaked" | "open" | "elsewhere" | "stale" | "constant" | "unmatched" | "expired";
  /** For people; where it makes the run fail, with the way to mend it. */
  readonly message: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

const RED: readonly BaselineEntryResult["state"][] = ["stale", "constant", "unmatched", "expired"];

/** True where an entry makes a run fail until the file is mended. */
export function isRedEntry({ state }: Pick<BaselineEntryResult, "state">): boolean {
  return RED.includes(state);
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

/** A fault that was scripted, and whether it hit anything. */
export interface FaultResult {
  /** The script as JSON. */
  readonly scripted: string;
  readonly fired: boolean;
  readonly scenario?: string;
  /** How often it hit. */
  readonly hits?: number;
  /** It is one of the user's, and not the story's. */
  readonly given?: true;
}

/** results.json. */
export interface Results {
  readonly schemaVersion: 1;
  readonly run: { readonly id: string; readonly startedAt: string; readonly durationMs: number; readonly seed: number };
  readonly harness: { readonly version: string; readonly requirementSet: string; readonly requirementSetSha256?: string };
  readonly agent: PlannedAgent;
  readonly target: string;
  readonly cluster: { readonly kind: string; readonly version: string };
  readonly profiles: readonly string[];
  readonly features: readonly string[];
  readonly counts: Counts;
  readonly exitCode: number;
  readonly checks: readonly CheckResult[];
  /** One for each scenario in which a snapshot was accepted. */
  readonly inventory: readonly InventoryResult[];
  readonly faults: readonly FaultResult[];
  readonly warnings: readonly string[];
  /** Where scenarios were told several times: what did not pass every time. */
  readonly repeats?: readonly RepeatResult[];
  /** Where the run had a baseline: each of its entries. */
  readonly baseline?: { readonly name: string; readonly entries: readonly BaselineEntryResult[] };
}
