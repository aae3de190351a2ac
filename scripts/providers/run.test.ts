import { expect, it } from "vitest";
import type { CheckResult, Verdict } from "../../suites/results.ts";
import type { Expectation } from "../../suites/selftest/types.ts";
import { outcomeOf } from "./run.ts";
import type { ProviderProperty } from "./types.ts";

/** Verdicts by requirement and scenario. */
type Seen = Readonly<Record<string, Readonly<Record<string, Verdict>>>>;

function outcome(expects: Expectation, seen: Seen, properties: readonly ProviderProperty[] = [], exitCode = 1) {
  const checks = Object.entries(seen).map(([id, scenarios]): Partial<CheckResult> => ({
    id,
    level: "MUST",
    scenarios: Object.entries(scenarios).map(([name, verdict]) => ({ name, verdict, message: "why", evidence: [] })),
  }));
  const subject = {
    name: "agent",
    describes: "",
    choice: { profiles: ["core"], features: [] },
    command: [],
    noWatchCommand: [],
    expects,
  };
  const results = { exitCode, warnings: ["the disk is full"], checks: checks as readonly CheckResult[] };
  return outcomeOf(subject, results, { name: "kind", properties });
}

const open: Seen = { M1: { one: "pass", two: "not-testable" }, M2: { one: "not-applicable" } };

it("has a row for each scenario, with what was judged in it", () => {
  expect(outcome({ rule: "fails-exactly", ids: [] }, open)).toMatchObject({
    tellings: [
      { agent: "agent", run: "core", scenario: "one", on: { kind: { M1: "pass", M2: "not-applicable" } } },
      { agent: "agent", run: "core", scenario: "two", on: { kind: { M1: "not-testable" } } },
    ],
    problems: [],
    red: [],
  });
});

it("holds against an agent what breaks a rule, by the tellings that it rests on", () => {
  const { problems, red } = outcome({ rule: "fails-none" }, open);
  expect(problems).toEqual(["kind: agent (core) M1 is to be green for this agent, and is not-testable: two: why"]);
  expect(red).toEqual(["two"]);
  expect(outcome({ rule: "fails-exactly", ids: ["M2"] }, open).red).toEqual(["one", "two"]);
  expect(outcome({ rule: "fails-none" }, open, [], 70).red).toEqual(["one", "two"]);
});

it("holds nothing against it that a property of the provider explains", () => {
  const explains = [{ scenario: "two", requirement: "M1", verdict: "not-testable" as const }];
  const property: ProviderProperty = { name: "controllers act", provider: "kind", reason: "they do", explains };
  expect(outcome({ rule: "fails-none" }, open, [property]).problems).toEqual([]);
  expect(outcome({ rule: "fails-none" }, open, [{ ...property, provider: "envtest" }]).problems).toHaveLength(1);
});
