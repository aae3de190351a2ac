import type { BaselineEntryResult, CheckResult, ScenarioResult } from "../results.ts";
import { outcomeOf } from "./states.ts";
import type { Baseline, BaselinedRun } from "./types.ts";

/** What was judged, with the failures that are expected marked so, and what has become of each entry. */
export interface Baselined {
  readonly checks: readonly CheckResult[];
  readonly entries: readonly BaselineEntryResult[];
}

/**
 * Holds a baseline against what was judged. Pure: what has expired is told by the start of the run. A requirement fails
 * as expected where each of its failures is; what could not be tested is never excused.
 */
export function applyBaseline(checks: readonly CheckResult[], { expected, flaky }: Baseline, run: BaselinedRun): Baselined {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const outcomes = [
    ...expected.map((entry) => ({ list: "expected" as const, entry })),
    ...flaky.map((entry) => ({ list: "flaky" as const, entry })),
  ].map(({ list, entry }) => ({ list, entry, ...outcomeOf(entry, byId.get(entry.id), run) }));
  const reasonOf = new Map(
    outcomes.flatMap(({ entry, excuses }) => excuses.map((name) => [`${entry.id} ${name}`, entry.reason] as const)),
  );
  return {
    checks: checks.map((check) => excused(check, (name) => reasonOf.get(`${check.id} ${name}`))),
    entries: outcomes.map(({ list, entry: { id, scenario, reason, owner, expires }, state, message }) => ({
      list,
      id,
      ...(scenario === undefined ? {} : { scenario }),
      state,
      message,
      reason,
      owner,
      expires,
    })),
  };
}

function excused(check: CheckResult, reasonFor: (scenario: string) => string | undefined): CheckResult {
  const failures = check.scenarios.filter(({ verdict }) => verdict === "fail");
  const reasons = failures.flatMap(({ name }) => reasonFor(name) ?? []);
  if (reasons.length === 0) return check;
  const scenarios = check.scenarios.map((row): ScenarioResult =>
    row.verdict === "fail" && reasonFor(row.name) !== undefined ? { ...row, expected: true } : row,
  );
  const red = failures.find(({ name }) => reasonFor(name) === undefined);
  // What speaks for the row is a failure that nobody expected.
  if (red) return { ...check, scenarios, message: red.message, evidence: red.evidence };
  return { ...check, scenarios, expected: true, expectedBecause: [...new Set(reasons)].join("; ") };
}
