import { describe, expect, it } from "vitest";
import type { RawLine } from "../../transcript/index.ts";
import { judgeTranscript } from "../judge.ts";
import { play, type Quirks } from "./testing/play.ts";

/** The same run of an agent in a pod: that it runs is told only after its first upload was answered. */
function inPods(lines: readonly RawLine[]): readonly RawLine[] {
  const told: RawLine[] = [];
  const late = new Map<string, RawLine>();
  for (const line of lines) {
    const { tenant, side, kind } = line;
    if (side === "agent" && kind === "started") {
      told.push({ ...line, kind: "coming" });
      late.set(tenant, line);
      continue;
    }
    told.push(line);
    const started = late.get(tenant);
    if (started === undefined || kind !== "answer") continue;
    told.push({ ...started, t: line.t });
    late.delete(tenant);
  }
  return told.map((line, seq) => ({ ...line, seq }));
}

const idsOf = (quirks: Quirks, verdict: string) =>
  judgeTranscript(inPods(play(quirks)))
    .checks.filter((check) => check.verdict === verdict)
    .map(({ id }) => id);

describe("an agent in a pod that is heard before its kubelet tells that it runs", () => {
  it("passes whatever it would pass as a process", () => {
    const judged = judgeTranscript(inPods(play()));
    expect(judged.warnings).toEqual([]);
    expect(judged.checks.filter(({ verdict }) => verdict !== "pass" && verdict !== "not-applicable")).toEqual([]);
    expect(judged.checks.find(({ id }) => id === "KAS-LIFE-1")?.durationMs).toBeGreaterThanOrEqual(0);
  });

  it.each<[string, Quirks, string]>([
    ["polls", { polls: true }, "KAS-WATCH-1"],
    ["leaves after its first upload", { leavesAfterUploads: 500 }, "KAS-LIFE-2"],
    ["has an error in every request", { envelope: (e) => ({ ...e, errorMsg: "no error" }) }, "KAS-ERR-4"],
  ])("is red where it %s", (_name, quirks, id) => {
    expect(idsOf(quirks, "fail")).toEqual([id]);
  });
});
