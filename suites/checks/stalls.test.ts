import { describe, expect, it } from "vitest";
import type { RawLine } from "../../transcript/index.ts";
import { judgeTranscript } from "../judge.ts";
import { play, type Quirks } from "./testing/play.ts";
import { createStory } from "./testing/story.ts";
import { entryOf } from "./testing/wire.ts";
import { filling, typeNames, versionInfo } from "./testing/world.ts";

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

  it.each(cases)(
    "%s: where the harness stood still for half of the delay, nobody tells how slow that made the agent",
    (_name, at, [id]) => {
      const half = (line: RawLine) => (line.kind === "stall" ? { ...line, ms: MS / 2 } : line);
      const { checks } = judgeTranscript(delayed(lines, at, true).map(half));
      expect(checks.filter(({ verdict }) => verdict === "fail")).toEqual([]);
      expect(checks.find((check) => check.id === id)).toMatchObject({
        verdict: "not-testable",
        message: expect.stringMatching(/cannot be told.* for 7\.5 s the harness stood still/u) as string,
      });
    },
  );

  it.each(cases)("%s: where it stood still for a tenth of the delay, the agent is red", (_name, at, expected) => {
    const tenth = (line: RawLine) => (line.kind === "stall" ? { ...line, ms: MS / 10 } : line);
    expect(reds(delayed(lines, at, true).map(tenth))).toEqual(expect.arrayContaining([...expected]));
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

  it.each([
    [16_000, 15_500, "not-testable"],
    [16_000, 0, "fail"],
    [1_000, 500, "fail"],
  ])("makes nothing of entries that come again after a call timeout: %i ms later, %i of them still", (after, still, expected) => {
    const story = createStory({ scenarios: ["first-snapshot"], only: ["KAS-SNAP-9"] });
    const tenant = story.tenant("first-snapshot");
    const state = filling.filter(({ resource }) => typeNames[resource] !== undefined);
    const entries = [
      entryOf("*version.Info", versionInfo),
      ...state.map(({ resource, object }) => entryOf(typeNames[resource] ?? "", object)),
    ];
    const sync = (full: boolean) => {
      story.wait(1_000);
      const envelope = { clusterId: tenant.clusterId, version: 1n, errorMsg: "", agentId: 7, sourceIp: "192.0.2.77" };
      tenant.sync(envelope, full ? entries : []);
    };
    story.run("scenario-started", { scenario: "first-snapshot" }, "first-snapshot");
    tenant.fill(filling);
    tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
    sync(true);
    story.wait(6_000);
    sync(false);
    story.wait(after - 1_000);
    if (still > 0) story.run("stall", { ms: still });
    sync(true);
    sync(false);
    story.run("run-ended");
    const [check] = judgeTranscript(story.lines()).checks;
    expect(check).toMatchObject({ id: "KAS-SNAP-9", verdict: expected });
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
