import { describe, expect, it } from "vitest";
import { countsOf, exitCodeOf, resultOf, type NamedVerdict } from "../checks/index.ts";
import { fail, notApplicable, notTestable, pass } from "../checks/verdict.ts";
import { createStory } from "../checks/testing/story.ts";
import { findRequirement } from "../requirements/index.ts";
import { isOpen, isRedEntry } from "../results.ts";
import { applyBaseline } from "./apply.ts";
import type { Baseline, ExpectedEntry, FlakyEntry } from "./types.ts";

const at = (seq: number) => ({ seq, t: seq });
const verdicts = {
  p: pass({ accepted: at(1), precondition: at(2), outcome: at(3) }, "fine"),
  f: fail({ problem: "bad", cases: [{ at: at(1), text: "x" }], consequence: "C.", mend: "M." }),
  o: notTestable("nobody could tell"),
  n: notApplicable("it never lists"),
} as const;

const run = { target: "v7.1", clusterKind: "embedded", startedAt: "2026-05-05T23:59:59.999Z" };
const plain: ExpectedEntry = { id: "KAS-VER-1", reason: "known", owner: "me", expires: "2026-05-05" };
const flaky: FlakyEntry = { ...plain, repeat: 3 };
const ID = "KAS-VER-1";

/** `a:pf b:o`: scenario a was told twice, passed and failed; b once. */
function judged(verdict: string) {
  const rows = verdict.split(" ").flatMap((text): NamedVerdict[] => {
    const [name = "", letters = ""] = text.split(":");
    return letters.split("").map((letter, index) => ({
      name: letters.length === 1 ? name : `${name}#${index + 1}`,
      verdict: verdicts[letter as keyof typeof verdicts],
    }));
  });
  return resultOf(findRequirement(ID)!, verdict === "" ? [] : rows, "nothing was planned");
}

function outcome(verdict: string, baseline: Partial<Baseline>) {
  const { checks, entries } = applyBaseline([judged(verdict)], { expected: [], flaky: [], ...baseline }, run);
  const [check] = checks;
  const history = { plan: createStory().plan, scenarios: [], troubles: [], stalls: [], interrupted: false, ended: true };
  const red = entries.some(isRedEntry);
  return {
    exit: exitCodeOf(history, checks, history.plan, [], red),
    state: entries.map(({ state }) => state).join(),
    expected: check?.expected,
    counts: countsOf(checks),
    check: check!,
    entries,
  };
}

describe("an expected failure", () => {
  // Everything that a requirement can be, against an entry of it, one of a scenario, and one that is out of date.
  it.each<[actual: string, entry: Partial<ExpectedEntry>, state: string, expected: boolean, exit: number]>([
    ["a:f", {}, "failed", true, 0],
    ["a:f b:f", {}, "failed", true, 0],
    ["a:f b:p", {}, "failed", true, 0],
    ["a:f b:n", {}, "failed", true, 0],
    ["a:f b:o", {}, "failed", true, 2],
    ["a:p", {}, "stale", false, 1],
    ["a:p b:n", {}, "stale", false, 1],
    ["a:p b:o", {}, "open", false, 2],
    ["a:o", {}, "open", false, 2],
    ["a:n", {}, "unmatched", false, 1],
    ["", {}, "open", false, 2],
    ["a:f", { scenario: "a" }, "failed", true, 0],
    ["a:f b:p", { scenario: "a" }, "failed", true, 0],
    ["a:f b:f", { scenario: "a" }, "failed", false, 1],
    ["a:f b:o", { scenario: "a" }, "failed", true, 2],
    ["a:p b:f", { scenario: "a" }, "stale", false, 1],
    ["a:p b:p", { scenario: "a" }, "stale", false, 1],
    ["a:o b:p", { scenario: "a" }, "open", false, 2],
    ["a:o b:f", { scenario: "a" }, "open", false, 1],
    ["a:n b:p", { scenario: "a" }, "unmatched", false, 1],
    ["b:f", { scenario: "a" }, "unmatched", false, 1],
    ["b:p", { scenario: "a" }, "unmatched", false, 1],
    ["a:fpf", {}, "failed", true, 0],
    ["a:fff", { scenario: "a" }, "failed", true, 0],
    ["a:ppp", {}, "stale", false, 1],
    ["a:f", { expires: "2026-05-04" }, "expired", false, 1],
    ["a:p", { expires: "2026-05-04" }, "expired", false, 1],
    ["a:o", { expires: "2026-05-04" }, "expired", false, 1],
    ["a:f", { targets: ["v6.1"] }, "elsewhere", false, 1],
    ["a:p", { targets: ["v6.1"] }, "elsewhere", false, 0],
    ["a:p", { targets: ["v6.1"], expires: "2026-05-04" }, "elsewhere", false, 0],
    ["a:f", { targets: ["v6.1", "v7.1"], clusters: ["embedded"] }, "failed", true, 0],
    ["a:p", { clusters: ["kind"] }, "elsewhere", false, 0],
    ["a:p", { id: "KAS-SNAP-3" }, "unmatched", false, 1],
    ["a:p", { id: "KAS-NEVER-1" }, "unmatched", false, 1],
  ])("%s against %j is %s, expected %s, exit %i", (actual, entry, state, expected, exit) => {
    const result = outcome(actual, { expected: [{ ...plain, ...entry }] });
    expect([result.state, result.expected, result.exit]).toEqual([state, expected, exit]);
    expect(result.counts.expectedFailure).toBe(expected ? 1 : 0);
  });

  it("says why, marks the scenarios, and lets what nobody expected speak", () => {
    const excused = outcome("a:f b:p", { expected: [plain] }).check;
    expect([excused.expectedBecause, excused.scenarios.map((row) => row.expected)]).toEqual(["known", [true, undefined]]);
    expect(isOpen(outcome("a:f b:o", { expected: [plain] }).check)).toBe(true);
    const rows = judged("a:f b:f");
    const check = { ...rows, scenarios: rows.scenarios.map((row) => ({ ...row, message: `in ${row.name}` })) };
    const { checks } = applyBaseline([check], { expected: [{ ...plain, scenario: "a" }], flaky: [] }, run);
    expect(checks[0]).toMatchObject({ expected: false, message: "in b" });
  });

  it("tells how to mend each that is red", () => {
    for (const [actual, entry] of [
      ["a:p", {}],
      ["a:n", {}],
      ["a:p", { expires: "2020-01-01" }],
      ["b:p", { scenario: "a" }],
    ] as const) {
      const [told] = outcome(actual, { expected: [{ ...plain, ...entry }] }).entries;
      expect(told?.message).toMatch(/KAS-VER-1.*(take .*out|mend)/u);
    }
  });
});

describe("a flaky failure", () => {
  it.each<[actual: string, entry: Partial<FlakyEntry>, state: string, expected: boolean, exit: number]>([
    ["a:fpp", {}, "flaked", true, 0],
    ["a:ffp", {}, "flaked", true, 0],
    ["a:fff", {}, "constant", false, 1],
    ["a:ppp", {}, "stale", false, 1],
    ["a:fpo", {}, "flaked", true, 2],
    ["a:ppo", {}, "open", false, 2],
    ["a:ffo", {}, "constant", false, 1],
    ["a:nnn", {}, "unmatched", false, 1],
    ["a:fp", {}, "unmatched", false, 1],
    ["a:f", {}, "unmatched", false, 1],
    ["a:p", {}, "unmatched", false, 1],
    ["a:fpp b:ppp", {}, "flaked", true, 0],
    ["a:fpp b:fff", {}, "constant", false, 1],
    ["a:fpp b:fpp", { scenario: "a" }, "flaked", false, 1],
    ["a:fpp b:ppp", { scenario: "b" }, "stale", false, 1],
    ["a:fpp", { expires: "2026-05-04" }, "expired", false, 1],
    ["a:fpp", { clusters: ["kind"] }, "elsewhere", false, 1],
    ["a:fppp", { repeat: 4 }, "flaked", true, 0],
  ])("%s against %j is %s, expected %s, exit %i", (actual, entry, state, expected, exit) => {
    const result = outcome(actual, { flaky: [{ ...flaky, ...entry }] });
    expect([result.state, result.expected, result.exit]).toEqual([state, expected, exit]);
  });
});
