import { describe, expect, it } from "vitest";
import { createHistoryReader } from "../history/index.ts";
import { exitCodeOf, judge, judgeTranscript } from "../judge.ts";
import { findRequirement } from "../requirements/index.ts";
import type { CheckResult, Verdict } from "../results.ts";
import { countsOf, resultOf } from "./roll-up.ts";
import { play } from "./testing/play.ts";
import { createStory } from "./testing/story.ts";
import { notApplicable, notTestable, pass, type ScenarioVerdict } from "./verdict.ts";

const at = (seq: number) => ({ seq, t: seq * 10 });
const passing = pass({ accepted: at(1), precondition: at(2), outcome: at(5) }, "fine");
const failing = { verdict: "fail", message: "bad", evidence: [], durationMs: 7 } as const;
const byName: Record<string, ScenarioVerdict> = {
  pass: passing,
  fail: failing,
  open: notTestable("open"),
  none: notApplicable("none"),
};

describe("one verdict an id", () => {
  it.each([
    [["pass", "pass"], "pass"],
    [["pass", "none"], "pass"],
    [["pass", "open"], "not-testable"],
    [["none", "open"], "not-testable"],
    [["none", "none"], "not-applicable"],
    [["pass", "open", "fail", "none"], "fail"],
    [[], "not-testable"],
  ])("of %j is %s", (names, verdict) => {
    const scenarios = names.map((name) => ({ name, verdict: byName[name]! }));
    const result = resultOf(findRequirement("KAS-VER-1")!, scenarios, "nothing planned");
    expect(result.verdict).toBe(verdict);
    expect(result.scenarios.map(({ name }) => name)).toEqual(names);
    if (names.length === 0) expect(result.message).toBe("nothing planned");
  });

  it("takes message and duration from the scenario that decides", () => {
    const scenarios = [
      { name: "a", verdict: passing },
      { name: "b", verdict: failing },
    ];
    expect(resultOf(findRequirement("KAS-VER-1")!, scenarios, "")).toMatchObject({ message: "bad", durationMs: 7 });
    expect(resultOf(findRequirement("KAS-VER-1")!, scenarios.slice(0, 1), "")).toMatchObject({ message: "fine", durationMs: 30 });
  });

  it("will not take an outcome from before its precondition", () => {
    expect(() => pass({ accepted: at(1), precondition: at(5), outcome: at(4) }, "")).toThrow("before its precondition");
  });

  it("counts an expected failure apart", () => {
    const row = (verdict: Verdict, expected = false) => ({ verdict, expected }) as CheckResult;
    expect(countsOf([row("pass", true), row("fail"), row("fail", true), row("not-testable"), row("not-applicable")])).toEqual({
      pass: 1,
      fail: 1,
      notTestable: 1,
      notApplicable: 1,
      expectedFailure: 1,
    });
  });
});

describe("exitCodeOf", () => {
  const plan = createStory().plan;
  const trouble = (blame: "harness" | "environment") => ({ ...at(1), tenant: "", blame, text: "" });
  type Facts = Parameters<typeof exitCodeOf>[0];
  const history = (change: Partial<Facts> = {}): Facts => ({
    scenarios: [],
    troubles: [],
    interrupted: false,
    ended: true,
    ...change,
  });
  const facts = { heard: true, gone: false, unfired: false };
  const row = (level: "MUST" | "SHOULD", verdict: Verdict, expected = false) =>
    ({ level, verdict, expected, scenarios: [] as CheckResult["scenarios"] }) as CheckResult;
  const green = row("MUST", "pass");
  const red = row("MUST", "fail");

  it.each([
    ["everything passed", 0, history(), [green, row("MUST", "not-applicable")]],
    ["a MUST failed", 1, history(), [green, red]],
    ["a MUST failed as expected", 0, history(), [green, row("MUST", "fail", true)]],
    [
      "beside a failure that was expected it is open",
      2,
      history(),
      [green, { ...row("MUST", "fail", true), scenarios: [{ name: "a", verdict: "not-testable", message: "", evidence: [] }] }],
    ],
    ["a SHOULD failed", 0, history(), [green, row("SHOULD", "fail")]],
    ["a SHOULD is open", 0, history(), [green, row("SHOULD", "not-testable")]],
    ["a MUST is open", 2, history(), [green, row("MUST", "not-testable")]],
    ["red beats open", 1, history(), [red, row("MUST", "not-testable")]],
    ["nothing was run", 2, history(), []],
    ["nothing held", 2, history(), [row("MUST", "not-applicable")]],
    ["the record breaks off", 2, history({ ended: false }), [green]],
    ["a fault never fired", 2, history({ scenarios: [facts, { ...facts, unfired: true }] }), [green]],
    ["nobody was heard, and somebody is gone", 3, history({ scenarios: [{ ...facts, heard: false, gone: true }] }), [red]],
    ["one was heard", 1, history({ scenarios: [facts, { ...facts, heard: false, gone: true }] }), [red]],
    ["environment beats red", 4, history({ troubles: [trouble("environment")] }), [red]],
    ["harness beats environment", 70, history({ troubles: [trouble("environment"), trouble("harness")] }), [red]],
    ["interrupted beats all", 130, history({ interrupted: true, troubles: [trouble("harness")] }), [red]],
  ] satisfies [string, number, Facts, CheckResult[]][])("%s: %i", (_name, code, past, checks) => {
    expect(exitCodeOf(past, checks, plan)).toBe(code);
  });

  it("lets a SHOULD decide under --fail-on should", () => {
    expect(exitCodeOf(history(), [green, row("SHOULD", "fail")], { ...plan, failOn: "should" })).toBe(1);
    expect(exitCodeOf(history(), [green, row("SHOULD", "not-testable")], { ...plan, failOn: "should" })).toBe(2);
  });

  it("is red where the baseline is to be mended, but no excuse for worse", () => {
    expect(exitCodeOf(history(), [green], plan, [], true)).toBe(1);
    expect(exitCodeOf(history({ interrupted: true }), [green], plan, [], true)).toBe(130);
  });

  it("is the harness's where a check broke", () => {
    expect(exitCodeOf(history(), [green], plan, ["a check threw"])).toBe(70);
  });
});

describe("judgeTranscript", () => {
  const lines = play();

  it("gives the same results for the same lines, byte for byte", () => {
    const again = lines.map((line) => JSON.parse(JSON.stringify(line)) as (typeof lines)[number]);
    expect(JSON.stringify(judgeTranscript(again))).toBe(JSON.stringify(judgeTranscript(lines)));
  });

  it("gives the same from a history that was read while the run went on", () => {
    const reader = createHistoryReader();
    for (const line of lines) {
      reader.push(line);
      // The runner looks into the newest call after each line.
      for (const { calls } of reader.history().scenarios) void calls.at(-1)?.entries;
    }
    expect(JSON.stringify(judge(reader.history()))).toBe(JSON.stringify(judgeTranscript(lines)));
  });

  it("forgets a scenario that is over, and says the same of it", () => {
    const reader = createHistoryReader();
    for (const line of lines) reader.push(line);
    const whole = JSON.stringify(judge(reader.history()));
    const [first] = reader.history().scenarios;
    reader.forget(first!.tenant);
    expect(reader.history().scenarios.map(({ tenant }) => tenant)).not.toContain(first!.tenant);
    reader.push({ ...lines.at(-2)!, tenant: first!.tenant });
    expect(reader.scenario(first!.tenant)).toBeUndefined();
    // The second line of the story below comes so late that all scenarios but the last are judged before it.
    const [end, ...story] = [...lines].reverse();
    const late = { ...end!, t: end!.t + 60_000 };
    expect(JSON.parse(JSON.stringify(judgeTranscript([...story.reverse(), late])))).toEqual({
      ...(JSON.parse(whole) as object),
      run: { ...judgeTranscript(lines).run, durationMs: late.t },
    });
  });

  it("judges what there is of a record that breaks off anywhere, and never calls it good", () => {
    for (let length = 1; length < lines.length - 1; length += 7) {
      const results = judgeTranscript(lines.slice(0, length));
      expect(results.exitCode, `after ${length} lines`).not.toBe(0);
      expect(
        results.checks.filter(({ verdict }) => verdict === "fail").map(({ id, message }) => `${length} ${id} ${message}`),
      ).toEqual([]);
    }
  });

  it("says that a record without a plan cannot be judged", () => {
    expect(() => judgeTranscript(lines.slice(1))).toThrow("no header line");
    expect(() => judgeTranscript([{ ...lines[0]!, format: 2 }])).toThrow("format 2");
  });

  it("reports what does not hold for the run, unless the run was narrowed", () => {
    const excluded = judgeTranscript(play({}, { target: "document" })).checks.filter(
      ({ verdict }) => verdict === "not-applicable",
    );
    expect(excluded.map(({ id }) => id)).toContain("KAS-OBJ-6");
    const narrowed = judgeTranscript(play({}, { only: ["KAS-VER-1"] }));
    expect(narrowed.checks.map(({ id }) => id)).toEqual(["KAS-VER-1"]);
  });

  it("keeps a row for an id that it does not know, and does not call it good", () => {
    const [header, ...rest] = lines;
    const plan = { ...(header!["plan"] as object), requirements: ["KAS-VER-1", "KAS-NEW-1"] };
    const results = judgeTranscript([{ ...header!, plan }, ...rest]);
    expect(results.checks.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(["KAS-VER-1 pass", "KAS-NEW-1 not-testable"]);
    expect(results.exitCode).toBe(2);
  });

  it("leaves open a requirement whose scenarios never ran", () => {
    const results = judgeTranscript(play({}, { scenarios: ["first-snapshot"] }));
    const by = (id: string) => results.checks.find((check) => check.id === id);
    expect(by("KAS-SNAP-5")).toMatchObject({
      verdict: "not-testable",
      message: expect.stringContaining("life-of-objects") as string,
    });
  });
});
