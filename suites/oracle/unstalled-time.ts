import type { Stall } from "../history/types.ts";

/**
 * Time as the agent's budgets count it: without the times in which the harness itself stood still, since what the agent
 * sent then is stamped late. All in milliseconds. Without stalls it is plain time.
 */
export interface UnstalledTime {
  /** How much of the time between two moments counts; 0 where the second is not later. */
  elapsed(from: number, to: number): number;
  /** The deadline: when this much has gone by since a moment. */
  after(from: number, budget: number): number;
  /** The moment from which this much has gone by until another. */
  before(to: number, budget: number): number;
}

/** @param stalls in transcript order; each ends where it was noticed */
export function createUnstalledTime(stalls: readonly Stall[]): UnstalledTime {
  const still = stalls.map(({ t, ms }) => ({ from: t - ms, to: t }));
  return {
    elapsed(from, to) {
      const lost = still.reduce((sum, stall) => sum + Math.max(0, Math.min(to, stall.to) - Math.max(from, stall.from)), 0);
      return Math.max(0, to - from - lost);
    },
    after(from, budget) {
      let deadline = from + budget;
      for (const stall of still) {
        if (stall.to > from && stall.from < deadline) deadline += stall.to - Math.max(from, stall.from);
      }
      return deadline;
    },
    before(to, budget) {
      let start = to - budget;
      for (const stall of still.toReversed()) {
        if (stall.from < to && stall.to > start) start -= Math.min(to, stall.to) - stall.from;
      }
      return start;
    },
  };
}
