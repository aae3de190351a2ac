import { describe, expect, it } from "vitest";
import type { CheckContext } from "./check.ts";
import { failedSnapshotDelivered } from "./delivery.ts";

interface Told {
  readonly t: number;
  readonly code?: number;
  /** It had entries. */
  readonly full?: boolean;
  readonly accepted?: boolean;
  /** The fault that hit it, and when that was taken away. */
  readonly hit?: string;
  readonly removed?: number;
}

/** Of these calls, by an agent that is observed for 100 s, with 15 s for a call and 10 s for the way. */
function judge(calls: readonly Told[]) {
  const made = calls.map(({ t, code, full = false, accepted = false }, call) => ({
    seq: call * 10 + 10,
    t,
    call,
    version: BigInt(call + 1),
    entries: [],
    accepted,
    ...(full && { entriesHash: `entries ${call}` }),
    ...(code !== undefined && { answer: { seq: call * 10 + 11, t, code } }),
  }));
  const faults = calls.flatMap(({ t, hit, removed }, call) =>
    hit === undefined
      ? []
      : [
          {
            fault: JSON.stringify({ fault: hit }),
            hits: [{ seq: call * 10 + 10, t, call }],
            ...(removed !== undefined && { removed: { seq: 90, t: removed } }),
          },
        ],
  );
  const time = { after: (t: number, ms: number) => t + ms };
  const oracle = { calls: made, accepted: [{ seq: 5, t: 0 }], time, observedUntil: { seq: 99, t: 100_000 } };
  const plan = { callTimeoutMs: 15_000, budgets: { transport: 10_000 } };
  const context = { oracle, plan, scenario: { faults, agent: { lives: [] } } };
  return failedSnapshotDelivered.run(context as unknown as CheckContext).verdict;
}

const stored = (t: number): Told => ({ t, code: 0, full: true, accepted: true });
const silenced: Told = { t: 1000, full: true, hit: "silence" };

describe("KAS-CONN-5", () => {
  it.each<[string, readonly Told[], string]>([
    ["comes again in time after a call that was not answered", [silenced, stored(20_000)], "pass"],
    ["comes again too late after it", [silenced, stored(40_000)], "fail"],
    ["comes again too late, though the silence was for long", [{ ...silenced, removed: 60_000 }, stored(40_000)], "fail"],
    [
      "comes again too late after it, though errors before it were for long",
      [{ t: 500, code: 14, hit: "status", removed: 60_000 }, silenced, stored(40_000)],
      "fail",
    ],
    [
      "was stored once again, by a call that failed as well",
      [silenced, { ...stored(20_000), code: 14 }, { t: 21_000, code: 0 }],
      "fail",
    ],
    [
      "was answered well, whatever hit it",
      [
        { ...silenced, code: 0 },
        { t: 2000, code: 0 },
      ],
      "not-testable",
    ],
  ])("says of a snapshot that %s", (_name, calls, verdict) => {
    expect(judge(calls)).toBe(verdict);
  });
});
