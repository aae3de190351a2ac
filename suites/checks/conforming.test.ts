import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import { play } from "./testing/play.ts";

describe("an agent that does everything right", () => {
  it("passes everything that holds for v7.1, and nothing is left open", () => {
    const results = judgeTranscript(play());
    const open = results.checks
      .filter(({ verdict }) => verdict === "fail" || verdict === "not-testable")
      .map(({ id, message }) => `${id}: ${message}`);
    expect(open).toEqual([]);
  });
});
