import { describe, expect, it } from "vitest";
import { findRequirement, type Requirement } from "../requirements/index.ts";
import type { Verdict } from "../results.ts";
import { leftOpen, problemsOf, problemsOfOne } from "./rules.ts";
import type { Cell, Expectation, SubjectOutcome } from "./types.ts";

type Row = Readonly<Record<string, Verdict>>;

function outcome(expects: Expectation, verdicts: Row, exitCode = 1): SubjectOutcome {
  const cell = (id: string, verdict: Verdict): Cell => ({
    verdict,
    message: "why",
    level: id.startsWith("S") ? "SHOULD" : "MUST",
  });
  return {
    subject: {
      name: "agent",
      describes: "",
      choice: { profiles: ["core"], features: [] },
      command: [],
      noWatchCommand: [],
      expects,
    },
    exitCode,
    cells: new Map(Object.entries(verdicts).map(([id, verdict]) => [id, cell(id, verdict)])),
    warnings: ["the disk is full"],
  };
}

const exactly = (...ids: string[]): Expectation => ({ rule: "fails-exactly", ids });
const told = (problems: ReturnType<typeof problemsOfOne>) => problems.map(({ requirement, text }) => `${requirement} ${text}`);

describe("one agent's row", () => {
  it.each<[string, Expectation, Row]>([
    ["a mutant that fails what it declares", exactly("M1", "S1"), { M1: "fail", S1: "fail", M2: "pass", M3: "not-testable" }],
    ["a reference that leaves nothing open", { rule: "fails-none" }, { M1: "pass", M2: "not-applicable" }],
    ["a poller that breaks a SHOULD", { rule: "fails-no-must" }, { M1: "pass", S1: "fail", M2: "not-testable" }],
    ["a silent one without a pass", { rule: "passes-none" }, { M1: "fail", M2: "not-testable", S1: "not-applicable" }],
  ])("finds nothing wrong with %s", (_name, expects, row) => {
    expect(problemsOfOne(outcome(expects, row))).toEqual([]);
  });

  it.each<[string, Expectation, Row, readonly string[]]>([
    ["a declared failure that passes", exactly("M1"), { M1: "pass" }, ["M1 is declared to fail, and is pass: why"]],
    ["one that is hidden", exactly("M1"), { M1: "not-testable" }, ["M1 is declared to fail, and is not-testable: why"]],
    ["one that was not judged", exactly("M9"), { M1: "pass" }, ["M9 is declared to fail, and was not judged in this run"]],
    ["a failure that is not declared", exactly("M1"), { M1: "fail", M2: "fail" }, ["M2 is blamed without being declared: why"]],
    [
      "a reference that is blamed, and one that leaves something open",
      { rule: "fails-none" },
      { M1: "fail", S1: "not-testable" },
      ["M1 is to be green for this agent, and is fail: why", "S1 is to be green for this agent, and is not-testable: why"],
    ],
    [
      "a poller that breaks a MUST",
      { rule: "fails-no-must" },
      { M1: "fail" },
      ["M1 is a MUST that forbids a permitted way: why"],
    ],
    [
      "a silent one with a pass",
      { rule: "passes-none" },
      { M1: "pass" },
      ["M1 is green for an agent that did nothing of it: why"],
    ],
  ])("names the cell of %s", (_name, expects, row, problems) => {
    expect(told(problemsOfOne(outcome(expects, row)))).toEqual(problems);
  });

  it.each([130, 70, 4])("takes no verdict from a run that ended with %d", (exitCode) => {
    const [problem, ...others] = problemsOfOne(outcome({ rule: "passes-none" }, { M1: "pass" }, exitCode));
    expect(problem?.text).toContain("the disk is full");
    expect(others).toEqual([]);
  });
});

describe("the columns", () => {
  const judged = ["KAS-VER-1"].map((id) => findRequirement(id) as Requirement);
  const failing = outcome(exactly("KAS-VER-1"), { "KAS-VER-1": "fail" });
  const passing = outcome({ rule: "fails-none" }, { "KAS-VER-1": "pass" }, 0);
  const texts = (outcomes: readonly SubjectOutcome[], excluded = {}) =>
    told(problemsOf(outcomes, { judged, whole: true, excluded }));

  it("are in order where a mutant fails and an agent meets the requirement", () => {
    expect(texts([failing, passing])).toEqual([]);
  });

  it("are red where nobody fails it, unless there is a reason", () => {
    expect(texts([passing])).toEqual(["KAS-VER-1 no mutant fails it: nothing shows that its check can fail"]);
    expect(texts([passing], { "KAS-VER-1": "only a transcript can show it" })).toEqual([]);
  });

  it("are red where a reason is stale", () => {
    expect(texts([failing, passing], { "KAS-VER-1": "only a transcript can show it" })).toEqual([
      "KAS-VER-1 a mutant fails it, though it is listed as one that none can",
    ]);
  });

  it("are red where nobody meets it", () => {
    expect(texts([failing])).toEqual(["KAS-VER-1 no agent meets it: nothing shows that its check can pass"]);
    expect(problemsOf([failing], { judged, whole: false, excluded: {} })).toEqual([]);
  });

  it("take a control's failure for no mutant's", () => {
    const control = outcome({ rule: "passes-none" }, { "KAS-VER-1": "fail" });
    expect(texts([control, passing])).toHaveLength(1);
  });
});

describe("what an overloaded machine left open", () => {
  const open = (expects: Expectation, row: Row, untold: readonly string[]) => {
    const plain = outcome(expects, row);
    const cells = [...plain.cells].map(([id, cell]): [string, Cell] => [
      id,
      untold.includes(id) ? { ...cell, untold: true } : cell,
    ]);
    return leftOpen({ ...plain, cells: new Map(cells) });
  };
  const none: Expectation = { rule: "fails-none" };

  it.each<[string, Expectation, Row, readonly string[], readonly string[]]>([
    ["a declared failure", exactly("M1"), { M1: "not-testable", M2: "pass" }, ["M1"], ["M1"]],
    ["what another hides", none, { M1: "not-testable", M2: "not-testable" }, ["M1"], ["M1"]],
  ])("calls for a second run: %s", (_name, expects, row, untold, expected) =>
    expect(open(expects, row, untold)).toEqual(expected),
  );

  it.each<[string, Expectation, Row, readonly string[]]>([
    ["where the row is as it must be", exactly("M1"), { M1: "fail", M2: "not-testable" }, ["M2"]],
    ["where nothing says that the machine was overloaded", none, { M1: "not-testable" }, []],
    ["where a verdict is wrong as well", none, { M1: "not-testable", M2: "fail" }, ["M1"]],
    ["where a declared failure passes", exactly("M1", "M2"), { M1: "pass", M2: "not-testable" }, ["M2"]],
  ])("calls for none %s", (_name, expects, row, untold) => expect(open(expects, row, untold)).toEqual([]));

  it("is nothing where the run itself failed", () => {
    expect(leftOpen(outcome(none, { M1: "pass" }, 70))).toEqual([]);
  });
});
