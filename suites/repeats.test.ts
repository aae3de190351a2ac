import { describe, expect, it } from "vitest";
import { repeatResults } from "./repeats.ts";
import type { CheckResult, Verdict } from "./results.ts";

const LETTERS: Readonly<Record<string, Verdict>> = { p: "pass", f: "fail", o: "not-testable", n: "not-applicable" };
const check = (id: string, told: Readonly<Record<string, string>>): CheckResult => {
  const scenarios = Object.entries(told).flatMap(([name, letters]) =>
    letters.split("").map((letter, index) => ({
      name: letters.length === 1 ? name : `${name}#${index + 1}`,
      verdict: LETTERS[letter]!,
      message: "",
      evidence: [],
    })),
  );
  return { id, scenarios } as unknown as CheckResult;
};

describe("repeatResults", () => {
  it("counts by requirement and scenario, and passes over what passed each time or was told once", () => {
    const rows = repeatResults([
      check("A", { a: "pfpf", b: "pppp", c: "f" }),
      check("B", { a: "nnnn" }),
      check("C", { a: "ffo" }),
    ]);
    expect(rows).toEqual([
      { id: "A", scenario: "a", runs: 4, passed: 2, failed: 2, notTestable: 0, failureRate: 0.5 },
      { id: "C", scenario: "a", runs: 3, passed: 0, failed: 2, notTestable: 1, failureRate: 1 },
    ]);
  });

  it("has no rate where nothing was settled", () => {
    expect(repeatResults([check("A", { a: "oon" })])[0]?.failureRate).toBe(0);
  });
});
