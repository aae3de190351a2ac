import { describe, expect, it } from "vitest";
import type { RawLine } from "../../transcript/index.ts";
import { judgeTranscript } from "../judge.ts";
import { play, type Quirks } from "./testing/play.ts";

const reds = (quirks: Quirks) =>
  judgeTranscript(play(quirks))
    .checks.filter(({ verdict }) => verdict === "fail")
    .map(({ id }) => id);

describe("heartbeats and snapshots on two connections", () => {
  it("may overtake each other once", () => {
    expect(reds({ lateBeats: "once" })).toEqual([]);
  });

  it("is no excuse for an agent that stays with the old version", () => {
    expect(reds({ lateBeats: "ever" })).toContain("KAS-ECHO-1");
  });
});

describe("the first snapshot on two connections at once", () => {
  it("is no repetition, since nothing said yet that the server holds it", () => {
    const lines = play();
    const [asked, answered] = ["request", "answer"].map((kind) => {
      return lines.find((line) => line.tenant === "first-snapshot" && line.side === "rpc" && line.kind === kind)!;
    });
    const twin = (line: RawLine, seq: number): RawLine => ({ ...line, seq, call: 900 });
    const both = [...lines, twin(asked!, asked!.seq + 0.5), twin(answered!, answered!.seq + 0.5)].sort((a, b) => a.seq - b.seq);
    expect(judgeTranscript(both).checks.find(({ id }) => id === "KAS-SNAP-9")?.verdict).toBe("pass");
  });
});

describe("an agent that asks nothing of the API server", () => {
  it("must follow the echo all the same, once it has uploaded", () => {
    const lines = play({ echo: "ignored" });
    const silent = lines.filter(({ side, kind }) => side !== "api" || kind === "state" || kind === "commit");
    const red = judgeTranscript(silent).checks.filter(({ verdict }) => verdict === "fail");
    expect(red.map(({ id }) => id)).toContain("KAS-ECHO-1");
  });
});
