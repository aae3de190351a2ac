import { describe, expect, it } from "vitest";
import { sampleResults } from "./sample.contract.ts";
import { renderTerminal, type TerminalOptions } from "./terminal.ts";

const options: TerminalOptions = {
  color: false,
  width: 100,
  failOn: "must",
  files: [{ what: "transcript", path: "out/transcript.jsonl" }],
};

const mixed = sampleResults(
  [
    { id: "KAS-SNAP-1", verdict: "pass" },
    { id: "KAS-SNAP-2", verdict: "pass" },
    {
      id: "KAS-SNAP-3",
      verdict: "fail",
      title: "a deleted object is gone from the snapshots after the staleness budget",
      message:
        "pod default/web-1 (uid 12) was deleted at 4.2 s and still stood in the snapshot of 9.9 s, 700 ms after the budget ran out",
      evidence: [
        { seq: 812, note: "snapshot that still holds it" },
        { seq: 640, note: "was deleted at 4.2 s" },
      ],
      scenarios: [{ name: "life-of-objects", verdict: "fail", message: "m", evidence: [] }],
    },
    { id: "KAS-ENV-3", level: "SHOULD", verdict: "fail", title: "source_ip is an address", message: 'source_ip is "host"' },
    { id: "KAS-ECHO-1", verdict: "not-testable", message: "no heartbeat came" },
    { id: "KAS-ECHO-2", level: "SHOULD", verdict: "not-testable", message: "no heartbeat came" },
    { id: "KAS-ENV-5", verdict: "not-applicable", message: "since v6.5.3" },
  ],
  { exitCode: 1 },
);

describe("renderTerminal", () => {
  it("tells the verdict first, then failures, causes, counts and files", () => {
    expect(renderTerminal(mixed, options)).toBe(`NOT CONFORMANT  1 requirement failed against target v7.1

  FAIL  KAS-SNAP-3  MUST
        a deleted object is gone from the snapshots after the staleness budget
        pod default/web-1 (uid 12) was deleted at 4.2 s and still stood in the snapshot of 9.9 s,
        700 ms after the budget ran out
        in life-of-objects
        transcript line 640
        transcript line 812: snapshot that still holds it
  WARN  KAS-ENV-3  SHOULD
        source_ip is an address
        source_ip is "host"

  NOT TESTABLE  2 requirements
        no heartbeat came
        ECHO-1,2

2 passed, 2 failed, 2 not testable, 1 not applicable in 12.3 s
  passed      SNAP-1,2
  not applic. ENV-5

  more about one of them: deepflow-conformance explain KAS-SNAP-3

  transcript  out/transcript.jsonl
`);
  });

  it.each([
    [0, "CONFORMANT  every requirement"],
    [2, "INCONCLUSIVE"],
    [3, "NO AGENT"],
    [4, "ENVIRONMENT"],
    [70, "HARNESS FAULT"],
    [130, "INTERRUPTED"],
  ])("begins with a sentence for exit code %i", (exitCode, start) => {
    expect(renderTerminal({ ...mixed, exitCode }, options).startsWith(start)).toBe(true);
  });

  it("says so where nothing was judged", () => {
    const results = sampleResults([{ id: "KAS-VER-6", verdict: "not-applicable" }], { exitCode: 2 });
    expect(renderTerminal(results, options)).toContain("INCONCLUSIVE  nothing was judged");
  });

  it("does not say that the environment kept it from judging where it did not", () => {
    const results = sampleResults([{ id: "KAS-VER-6", verdict: "pass" }], { exitCode: 4 });
    expect(renderTerminal(results, options)).toContain("ENVIRONMENT  the environment failed, though each requirement was judged");
  });

  it("counts failed recommendations where they decide", () => {
    const results = sampleResults([{ id: "KAS-ENV-3", level: "SHOULD", verdict: "fail" }], { exitCode: 1 });
    expect(renderTerminal(results, { ...options, failOn: "should" })).toContain("1 recommendation failed");
  });

  it("gives each case of a failure a line", () => {
    const results = sampleResults(
      [
        {
          id: "KAS-OBJ-1",
          verdict: "fail",
          title: "objects go under their type name",
          message:
            "wrong names: entry 1 is a Pod; entry 2 is a Node; and 3 more. The real server never reads it. Use the Go types.",
          evidence: [
            { seq: 7, note: "entry 1 is a Pod" },
            { seq: 9, note: "entry 2 is a Node" },
          ],
          scenarios: [
            { name: "first-snapshot", verdict: "fail", message: "m", evidence: [] },
            { name: "life-of-objects", verdict: "fail", message: "m", evidence: [] },
            { name: "held-version-lost", verdict: "pass", message: "m", evidence: [] },
          ],
        },
      ],
      { exitCode: 1 },
    );
    expect(renderTerminal(results, options)).toContain(`
        objects go under their type name
        wrong names:
        - entry 1 is a Pod
        - entry 2 is a Node
        - and 3 more
        The real server never reads it. Use the Go types.
        in first-snapshot, life-of-objects
        transcript line 7, 9
`);
  });

  it("says what was expected, and never calls it conformant", () => {
    const row = { list: "expected", id: "KAS-SNAP-3", reason: "r", owner: "me", expires: "2026-12-31" } as const;
    const expected = { id: "KAS-SNAP-3", verdict: "fail", expected: true, expectedBecause: "r" } as const;
    const told = (state: "failed" | "stale", exitCode: number) =>
      renderTerminal(
        sampleResults(state === "failed" ? [expected] : [{ ...expected, verdict: "pass", expected: false }], {
          exitCode,
          baseline: { name: "b.yaml", entries: [{ ...row, state, message: `SNAP-3 is ${state}` }] },
        }),
        options,
      );
    expect(told("failed", 0)).toMatch(/^AS EXPECTED {2}1 requirement failed as the baseline expects/);
    expect(told("failed", 0)).toContain("  expected  SNAP-3 is failed (me, until 2026-12-31)\n");
    expect(told("stale", 1)).toMatch(/^BASELINE {2}nothing failed that was not expected, but 1 entry is to be mended/);
    expect(told("stale", 1)).toContain("  BASELINE  stale\n        SNAP-3 is stale (owner: me)\n");
  });

  it("prints the flake rate of what came and went, and where nothing did", () => {
    const flake = { id: "KAS-ECHO-1", scenario: "a", runs: 20, passed: 15, failed: 4, notTestable: 1, failureRate: 0.211 };
    const constant = { ...flake, id: "KAS-ECHO-2", passed: 0, failed: 20, notTestable: 0, failureRate: 1 };
    const text = renderTerminal(sampleResults([], { repeats: [flake, constant] }), { ...options, width: 200 });
    expect(text).toContain("KAS-ECHO-1 in a: failed 4 of 19 that could be judged, of 20, flake rate 21.1 %\n");
    expect(text).toContain("KAS-ECHO-1 in a: not testable in 1 of 20\n");
    expect(text).not.toContain("KAS-ECHO-2 in a");
    expect(renderTerminal(sampleResults([], { repeats: [] }), options)).toContain("repeats  nothing failed in one telling");
    expect(renderTerminal(sampleResults([]), options)).not.toContain("repeats");
  });

  it("tells what happened around a failure, and marks what it names", () => {
    const context = {
      timeline: [
        { seq: 7, ms: 1_000, text: "the cluster: pods a/b is deleted" },
        { seq: 9, ms: 2_500.4, text: "call 4 \u001b[2J", cited: true as const },
      ],
      snapshot: {
        seq: 9,
        alike: 3,
        unsent: ["configmaps (2)"],
        kinds: [{ resource: "pods", cluster: 1, snapshot: 2, missing: [], extra: ["a/b"] }],
      },
      faults: ["status"],
    };
    const scenarios = [{ name: "s", verdict: "fail", message: "m", evidence: [], context }] as const;
    const text = renderTerminal(sampleResults([{ id: "KAS-SNAP-3", verdict: "fail", scenarios }], { exitCode: 1 }), options);
    expect(text).toContain(`
        what happened in s (seconds of the run, transcript line):
          1.000 s 7 the cluster: pods a/b is deleted
        > 2.500 s 9 call 4 \\u001b[2J
          the cluster when request seq 9 arrived, and its snapshot, where they differ; 3 kinds
              are alike:
          pods: 1 in the cluster, 2 in the snapshot; not in the cluster a/b
          never sent at all: configmaps (2)
          in force at that time: status
`);
  });

  it("tells how often a scenario failed of those that were told several times", () => {
    const row = (name: string, verdict: "pass" | "fail") => ({ name, verdict, message: "m", evidence: [] });
    const scenarios = [row("a#1", "fail"), row("a#2", "pass"), row("a#3", "fail"), row("b", "fail")];
    const results = sampleResults([{ id: "KAS-VER-1", verdict: "fail", scenarios }], { exitCode: 1 });
    expect(renderTerminal(results, options)).toContain("        in a (2 of 3), b\n");
  });

  it("lets no text of an agent reach the terminal as a control sequence", () => {
    const hostile = "\u001b[2Jgone\r\nCONFORMANT\u009b31m\u202egnp";
    const results = sampleResults(
      [{ id: "KAS-ENC-1", verdict: "fail", message: hostile, evidence: [{ seq: 1, note: hostile }] }],
      {
        exitCode: 1,
        warnings: [hostile],
      },
    );
    const text = renderTerminal(results, options);
    // oxlint-disable-next-line no-control-regex -- they are what it looks for
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain("\\u001b[2Jgone\\r\\nCONFORMANT\\u009b31m\\u202egnp");
  });

  it("says once what several scenarios say alike", () => {
    const warnings = [
      "a-one: ended early: no",
      "b-two: ended early: no",
      "the disk is full",
      "a-one: ended early: else",
      "a-one: ended early: no",
    ];
    const text = renderTerminal(sampleResults([], { warnings }), options);
    expect(text).toContain(
      "  warning  a-one, b-two: ended early: no\n  warning  the disk is full\n  warning  a-one: ended early: else\n",
    );
  });

  it("paints only when told to", () => {
    expect(renderTerminal(mixed, options)).not.toContain("\u001b");
    expect(renderTerminal(mixed, { ...options, color: true })).toContain("\u001b[31mNOT CONFORMANT\u001b[39m");
  });
});
