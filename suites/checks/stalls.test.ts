import { describe, expect, it } from "vitest";
import type { RawLine } from "../../transcript/index.ts";
import { judgeTranscript } from "../judge.ts";
import { play, type Quirks } from "./testing/play.ts";

const MS = 15_000;

/** The harness stands still before the first line that matches, after which everything is stamped later. */
function delayed(lines: readonly RawLine[], at: (line: RawLine) => boolean, recorded: boolean): readonly RawLine[] {
  const from = lines.find(at)!;
  const late = lines.map((line) => (line.seq < from.seq ? line : { ...line, t: line.t + MS }));
  const stall = { seq: from.seq - 0.5, t: from.t + MS, tenant: "", side: "run", kind: "stall", ms: MS } as const;
  return recorded ? [...late, stall].sort((a, b) => a.seq - b.seq) : late;
}

const reds = (lines: readonly RawLine[]) =>
  judgeTranscript(lines)
    .checks.filter(({ verdict }) => verdict === "fail")
    .map(({ id }) => id);

/** The nth call of a tenant. */
const call = (tenant: string, number: number) => (line: RawLine) =>
  line.tenant === tenant && line.side === "rpc" && line.kind === "request" && line["call"] === number;

const lastCallAfter = (lines: readonly RawLine[], tenant: string, kind: string) => (line: RawLine) => {
  const mark = lines.find((candidate) => candidate.tenant === tenant && candidate.kind === kind)?.seq ?? Infinity;
  return line.seq > mark && line.tenant === tenant && line.side === "rpc" && line.kind === "request";
};

const lines = play();
const tenantOf = (at: (line: RawLine) => boolean) => lines.find(at)!.tenant;
const cases: readonly (readonly [string, (line: RawLine) => boolean, readonly string[]])[] = [
  ["between two heartbeats", call("first-snapshot", 5), ["KAS-LIFE-2"]],
  ["between a change and its snapshot", lastCallAfter(lines, "life-of-objects", "commit"), ["KAS-SNAP-5"]],
  ["between SIGTERM and the exit", (line) => line.tenant === "first-snapshot" && line.kind === "exited", ["KAS-LIFE-4"]],
];

describe("the harness stands still", () => {
  it.each(cases)("%s: nobody is blamed", (_name, at) => {
    expect(reds(delayed(lines, at, true))).toEqual([]);
  });

  it.each(cases)("%s: nothing is green by what cannot be told", (_name, at, [id]) => {
    const { verdict, message } = judgeTranscript(delayed(lines, at, true)).checks.find((check) => check.id === id)!;
    expect([verdict, message]).toEqual([
      "not-testable",
      expect.stringMatching(/cannot be told.* for 15 s the harness stood still/u),
    ]);
  });

  it.each(cases)("%s: the same of a machine that has no processor for the agent", (_name, at, [id]) => {
    const starved = delayed(lines, at, true).map((line) =>
      line.kind === "stall" ? { ...line, tenant: tenantOf(at), side: "agent" as const, kind: "starved", life: 1 } : line,
    );
    const { checks, warnings } = judgeTranscript(starved);
    expect(warnings.join()).toContain(`no processor for the agent for 15 s in ${tenantOf(at)} `);
    expect(checks.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    expect(checks.find((check) => check.id === id)).toMatchObject({ verdict: "not-testable" });
  });

  it.each(cases)("%s: the same delay of the agent is red", (_name, at, expected) => {
    expect(reds(delayed(lines, at, false))).toEqual(expect.arrayContaining([...expected]));
  });

  it("says nothing of what was before the agents started", () => {
    const early = delayed(lines, (line) => line.kind === "scenario-started", true);
    expect(judgeTranscript(early).warnings).toEqual([]);
  });

  it("makes nothing of an error_msg that it may have brought about itself, nor of the entries with it", () => {
    const atBeat = 5;
    const told = play({
      envelope: (envelope, number) => (number === atBeat ? { ...envelope, errorMsg: "pods: aborted" } : envelope),
      beats: "full",
    });
    const verdictOf = (transcript: readonly RawLine[]) =>
      judgeTranscript(transcript).checks.find(({ id }) => id === "KAS-ERR-4")?.verdict;
    const stalled = ["first-snapshot", "life-of-objects", "held-version-lost"].reduce(
      (transcript, tenant) => delayed(transcript, call(tenant, atBeat), true),
      told,
    );
    expect([verdictOf(told), verdictOf(stalled)]).toEqual(["fail", "not-testable"]);
  });

  it("says so", () => {
    expect(judgeTranscript(delayed(lines, call("first-snapshot", 5), true)).warnings.join()).toContain("stood still for 15 s");
  });

  it.each([
    ["is silent", { beats: "none" }, "KAS-LIFE-2"],
    ["ignores changes", { ignores: (change) => change === "modified" }, "KAS-SNAP-5"],
    ["ignores the echo", { echo: "ignored" }, "KAS-ECHO-1"],
  ] as const satisfies readonly (readonly [string, Quirks, string])[])(
    "elsewhere, an agent that %s is still red",
    (_name, quirks, id) => {
      expect(reds(delayed(play(quirks), call("held-version-lost", 1), true))).toContain(id);
    },
  );
});
