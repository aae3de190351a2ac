import { describe, expect, it } from "vitest";
import { createStory } from "./testing/story.ts";
import { findRequirement } from "../requirements/index.ts";
import type { CheckResult } from "../results.ts";
import { exitCodeOf } from "./exit-code.ts";
import { excludedResult, type NamedVerdict, resultOf } from "./roll-up.ts";

const requirement = findRequirement("KAS-VER-1")!;
const { id, level, title, source } = requirement;
const same = { id, level, title, source, expected: false };
const evidence = [{ seq: 7, note: "here" }];
const told = (name: string, verdict: "fail" | "pass", context?: string): NamedVerdict => ({
  name,
  verdict: { verdict, message: `${name} says ${verdict}`, evidence, durationMs: 5 },
  ...(context !== undefined && { context: context as unknown as NonNullable<NamedVerdict["context"]> }),
});

describe("the row of a requirement", () => {
  it("says all that the deciding scenario says, and expects nothing by itself", () => {
    expect(resultOf(requirement, [told("a", "pass"), told("b", "fail")], "")).toEqual({
      ...same,
      verdict: "fail",
      message: "b says fail",
      evidence,
      durationMs: 5,
      scenarios: [
        { name: "a", verdict: "pass", message: "a says pass", evidence },
        { name: "b", verdict: "fail", message: "b says fail", evidence },
      ],
    });
  });

  it("says without a scenario why there is none", () => {
    expect(resultOf(requirement, [], "not planned")).toEqual({
      ...same,
      verdict: "not-testable",
      message: "not planned",
      evidence: [],
      durationMs: 0,
      scenarios: [],
    });
  });

  it("says of one that does not hold why", () => {
    expect(excludedResult(requirement, "not for v6.1")).toEqual({
      ...same,
      verdict: "not-applicable",
      message: "not for v6.1",
      evidence: [],
      durationMs: 0,
      scenarios: [],
    });
  });
});

describe("what happened around a failure", () => {
  const contexts = (...each: readonly NamedVerdict[]) => resultOf(requirement, each, "").scenarios.map(({ context }) => context);

  it("is told once for a story that is told several times", () => {
    expect(contexts(told("a#1", "fail", "x"), told("a#2", "fail", "y"), told("b", "fail", "z"))).toEqual(["x", undefined, "z"]);
  });

  it("is told where it is there for the first time", () => {
    expect(contexts(told("a#1", "pass"), told("a#2", "fail", "y"), told("a#3", "fail", "z"))).toEqual([
      undefined,
      "y",
      undefined,
    ]);
    expect(contexts(told("b", "pass"), told("a", "fail", "y"))).toEqual([undefined, "y"]);
  });
});

describe("a run in which nothing happened but what was expected to fail", () => {
  it("is settled", () => {
    const row = { ...resultOf(requirement, [told("a", "fail")], ""), expected: true } as CheckResult;
    const facts = { troubles: [], interrupted: false, ended: true, scenarios: [] };
    expect(exitCodeOf(facts, [row], createStory().plan)).toBe(0);
    expect(exitCodeOf(facts, [{ ...row, expected: false }], createStory().plan)).toBe(1);
  });
});
