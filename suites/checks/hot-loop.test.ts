import { describe, expect, it } from "vitest";
import type { CheckContext } from "./check.ts";
import { noHotLoop } from "./reconnection.ts";

/** So many calls follow one that was refused, ten a second, and each of them but the last is refused as well. */
function verdictOf(retries: number): string {
  const calls = Array.from({ length: retries + 1 }, (_, call) => ({ seq: call + 10, t: call * 100, call, version: 1n }));
  const fault = {
    fault: JSON.stringify({ fault: "status" }),
    fired: { seq: 9, t: 0 },
    removed: { seq: 100, t: 6000 },
    hits: calls.slice(0, -1).map(({ seq, t, call }) => ({ seq, t, call })),
  };
  const oracle = { calls, accepted: [{ seq: 5, t: 0 }], time: { after: (t: number, ms: number) => t + ms } };
  const context = { oracle, plan: { intervalMs: 1000 }, scenario: { faults: [fault], agent: { lives: [] } } };
  return noHotLoop.run(context as unknown as CheckContext).verdict;
}

describe("KAS-CONN-3", () => {
  it.each([
    [25, "pass"],
    [26, "fail"],
  ])("says of %i requests within 5 s: %s", (retries, verdict) => {
    expect(verdictOf(retries)).toBe(verdict);
  });
});
