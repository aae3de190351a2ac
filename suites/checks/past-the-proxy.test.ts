import { describe, expect, it } from "vitest";
import type { RawLine } from "../../transcript/index.ts";
import { judgeTranscript } from "../judge.ts";
import type { Plan } from "../plan.ts";
import { play, type Quirks } from "./testing/play.ts";
import { namespace } from "./testing/world.ts";

const invented = namespace("made-up");
const UNSEEN = ["KAS-WATCH-1", "KAS-WATCH-7", "KAS-SEC-1"];
const OF_DELIVERY = ["request", "page", "event", "end"];

/** The same run as the harness records it where the agent goes past the proxy: each commit `lagMs` late, nothing of the rest. */
function pastTheProxy(lines: readonly RawLine[], lagMs: number): readonly RawLine[] {
  const kept = lines.filter(({ side, kind }) => side !== "api" || !OF_DELIVERY.includes(kind));
  const late = kept.map((line) => (line.kind === "commit" ? { ...line, t: line.t + lagMs } : line));
  const inTime = late.toSorted((a, b) => a.t - b.t || a.seq - b.seq);
  return inTime.map((line, seq): RawLine => {
    if (line.kind !== "header") return { ...line, seq };
    const plan = line["plan"] as Plan;
    return { ...line, seq, plan: { ...plan, cluster: { kind: "envtest", direct: true } } };
  });
}

const judged = (quirks: Quirks, lagMs = 0) => judgeTranscript(pastTheProxy(play(quirks), lagMs)).checks;
const idsOf = (checks: ReturnType<typeof judged>, verdict: string) =>
  checks.filter((check) => check.verdict === verdict).map(({ id }) => id);

describe("an agent that goes to the API server itself", () => {
  it.each([
    ["sees commits at once", 0, []],
    ["sees every commit only after the snapshot with it", 1500, ["KAS-SNAP-3", "KAS-SNAP-5", "KAS-SNAP-7"]],
  ] as const)("passes all but what rests on delivery where the harness %s", (_name, lagMs, unproved) => {
    const checks = judged({}, lagMs);
    expect(idsOf(checks, "fail")).toEqual([]);
    expect(new Set(idsOf(checks, "not-testable"))).toEqual(new Set([...unproved, ...UNSEEN]));
    for (const id of unproved) expect(checks.find((check) => check.id === id)?.message).toContain("only after a snapshot");
    for (const id of UNSEEN) expect(checks.find((check) => check.id === id)?.message).toContain("--no-proxy");
  });

  it.each([
    ["invents an object", { objects: (objects) => [...objects, invented] }, "KAS-SNAP-4"],
    ["ignores changes", { ignores: (change) => change === "modified" }, "KAS-SNAP-5"],
    ["keeps what is deleted", { ignores: (change) => change === "deleted" }, "KAS-SNAP-3"],
    ["ignores the echo", { echo: "ignored" }, "KAS-ECHO-1"],
    ["renews its version with each request", { version: (_changes, call) => BigInt(call + 1), beats: "full" }, "KAS-VER-3"],
  ] as const satisfies readonly (readonly [string, Quirks, string])[])("is red where it %s", (_name, quirks, id) => {
    expect(idsOf(judged(quirks, 1500), "fail")).toContain(id);
  });
});
