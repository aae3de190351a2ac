import { describe, expect, it } from "vitest";
import type { RawLine } from "../../transcript/index.ts";
import { findCheck } from "../checks/index.ts";
import { play } from "../checks/testing/play.ts";
import { judgeTranscript } from "../judge.ts";

/** Judges a conforming agent while one check does something else. */
function judgeWith(id: string, run: () => unknown) {
  const check = findCheck(id)!;
  const { run: own } = check;
  Object.assign(check, { run });
  try {
    return judgeTranscript(play());
  } finally {
    Object.assign(check, { run: own });
  }
}

describe("a check that breaks", () => {
  it.each<[string, () => unknown]>([
    ["by throwing", () => JSON.parse("{")],
    ["by saying nothing", () => undefined],
  ])("%s is not testable, is told, and ends the run with 70", (_name, run) => {
    const { checks, exitCode, warnings } = judgeWith("KAS-SNAP-1", run);
    const red = checks.find(({ id }) => id === "KAS-SNAP-1");
    expect(red).toMatchObject({ verdict: "not-testable", message: expect.stringContaining("the harness is at fault") as string });
    expect(exitCode).toBe(70);
    expect(warnings.filter((text) => text.includes("the check of KAS-SNAP-1 failed in"))).toHaveLength(
      red?.scenarios.length ?? 0,
    );
    expect(checks.filter(({ verdict }) => verdict === "pass").length).toBeGreaterThan(30);
  });
});

/** The same transcript, of a run that was given a baseline. */
function withBaseline(text: string): readonly RawLine[] {
  return play({ atStart: (tenant) => tenant.request("list", "GET", "/api/v1/secrets", "secrets") }).map((line) =>
    line.kind === "header" ? { ...line, plan: { ...(line["plan"] as object), baseline: { name: "expected.yaml", text } } } : line,
  );
}

const entry = (id: string) => `  - id: ${id}\n    reason: a known fault\n    owner: team-a\n    expires: "2030-01-01"\n`;

describe("a run with a baseline", () => {
  it("expects what is listed", () => {
    const { checks, exitCode, baseline } = judgeTranscript(withBaseline(`version: 1\nexpected:\n${entry("KAS-SEC-1")}`));
    expect(checks.find(({ id }) => id === "KAS-SEC-1")).toMatchObject({ verdict: "fail", expected: true });
    expect([exitCode, baseline?.entries.length]).toEqual([0, 1]);
  });

  it("is red for one entry of several that is none any more", () => {
    const { exitCode, baseline } = judgeTranscript(
      withBaseline(`version: 1\nexpected:\n${entry("KAS-SEC-1")}${entry("KAS-SNAP-1")}`),
    );
    expect([exitCode, baseline?.entries.length]).toEqual([1, 2]);
  });

  it("is not judged by one that cannot be read", () => {
    expect(() => judgeTranscript(withBaseline("version: 1\nexpected: 7"))).toThrow("the baseline in the plan cannot be read");
  });
});

describe("trouble of one scenario run", () => {
  it("leaves nothing open in another", () => {
    const lines = play({}, { scenarios: ["first-snapshot", "life-of-objects"], only: ["KAS-CONN-1"] });
    const trouble = {
      seq: 2,
      t: 0,
      tenant: "first-snapshot",
      side: "run" as const,
      kind: "trouble",
      blame: "environment",
      text: "full",
    };
    const [check] = judgeTranscript(lines.toSpliced(2, 0, trouble)).checks;
    expect(check?.scenarios.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["first-snapshot", "not-testable"],
      ["life-of-objects", "pass"],
    ]);
  });
});

describe("a run", () => {
  it("is told in the first version of the results", () => {
    expect(judgeTranscript(play()).schemaVersion).toBe(1);
  });

  it("is not judged for a target that is unknown", () => {
    const lines = play().map((line) =>
      line.kind === "header" ? { ...line, plan: { ...(line["plan"] as object), target: "v99.9" } } : line,
    );
    expect(() => judgeTranscript(lines)).toThrow("target v99.9, which this version does not know");
  });
});
