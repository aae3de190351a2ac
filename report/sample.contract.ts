import type { CheckResult, Results, Verdict } from "../suites/results.ts";

/** What tests set of a check; the rest is made up. */
export type CheckSample = Partial<CheckResult> & { readonly id: string; readonly verdict: Verdict };

/** A whole check result around the few fields that a test is about. */
function sampleCheck(check: CheckSample): CheckResult {
  return {
    level: "MUST",
    title: `title of ${check.id}`,
    expected: false,
    message: `message of ${check.id}`,
    evidence: [],
    source: "doc 3.3.1",
    durationMs: 1500,
    scenarios: [],
    ...check,
  };
}

/** A whole results document around the checks that a test is about, with counts that fit. */
export function sampleResults(checks: readonly CheckSample[], rest: Partial<Results> = {}): Results {
  const count = (test: (check: CheckResult) => boolean) => checks.map(sampleCheck).filter(test).length;
  return {
    schemaVersion: 1,
    run: { id: "run-1", startedAt: "2026-01-02T03:04:05.678Z", durationMs: 12_345, seed: 7 },
    harness: { version: "0.1.0", requirementSet: "1" },
    agent: { form: "command", command: ["./agent", "--server", "{server}"] },
    target: "v7.1",
    cluster: { kind: "embedded", version: "1.30" },
    profiles: ["core"],
    features: [],
    counts: {
      pass: count((check) => check.verdict === "pass"),
      fail: count((check) => check.verdict === "fail" && !check.expected),
      notTestable: count((check) => check.verdict === "not-testable"),
      notApplicable: count((check) => check.verdict === "not-applicable"),
      expectedFailure: count((check) => check.verdict === "fail" && check.expected),
    },
    exitCode: 0,
    checks: checks.map(sampleCheck),
    inventory: [],
    faults: [],
    warnings: [],
    ...rest,
  };
}
