import type { Requirement } from "../requirements/index.ts";
import { scenarioOf, type CheckResult, type Counts, type FailureContext, type ScenarioResult, type Verdict } from "../results.ts";
import type { ControlledVerdict } from "./verdict.ts";

/** The verdict of one scenario run, under its name. */
export interface NamedVerdict {
  readonly name: string;
  /** What happened around a failure. */
  readonly context?: FailureContext;
  readonly verdict: Pick<ControlledVerdict, "verdict" | "message" | "evidence" | "durationMs">;
}

const ORDER: readonly Verdict[] = ["fail", "not-testable", "pass", "not-applicable"];

/** One verdict of several: the first of fail, not-testable, pass, not-applicable that occurs. */
function rollUp(verdicts: readonly Verdict[]): Verdict {
  return ORDER.find((verdict) => verdicts.includes(verdict)) ?? "not-testable";
}

/** The row of a requirement: the deciding scenario speaks for it, the others stand beside it. */
export function resultOf(requirement: Requirement, scenarios: readonly NamedVerdict[], without: string): CheckResult {
  const verdict = rollUp(scenarios.map((scenario) => scenario.verdict.verdict));
  const deciding = scenarios.filter((scenario) => scenario.verdict.verdict === verdict);
  const [first] = deciding;
  const { id, level, title, source } = requirement;
  return {
    id,
    level,
    title,
    verdict,
    expected: false,
    message: first?.verdict.message ?? without,
    evidence: first?.verdict.evidence ?? [],
    source,
    durationMs: first?.verdict.durationMs ?? 0,
    scenarios: scenarios.map(scenarioResult),
  };
}

/** The row of a requirement that does not hold for this run. */
export function excludedResult(requirement: Requirement, reason: string): CheckResult {
  const { id, level, title, source } = requirement;
  return {
    id,
    level,
    title,
    verdict: "not-applicable",
    expected: false,
    message: reason,
    evidence: [],
    source,
    durationMs: 0,
    scenarios: [],
  };
}

/** How many of each. An expected failure counts as such, and as no other. */
export function countsOf(checks: readonly CheckResult[]): Counts {
  const number = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict && !isExpected(check)).length;
  return {
    pass: number("pass"),
    fail: number("fail"),
    notTestable: number("not-testable"),
    notApplicable: number("not-applicable"),
    expectedFailure: checks.filter(isExpected).length,
  };
}

function isExpected({ verdict, expected }: CheckResult): boolean {
  return verdict === "fail" && expected;
}

/** The same story fails for the same reason each time it is told, mostly: what happened around it is told once. */
function scenarioResult(told: NamedVerdict, index: number, all: readonly NamedVerdict[]): ScenarioResult {
  const {
    name,
    context,
    verdict: { verdict, message, evidence },
  } = told;
  const first = all.findIndex((other) => other.context !== undefined && scenarioOf(other.name) === scenarioOf(name));
  return { name, verdict, message, evidence, ...(context && first === index && { context }) };
}
