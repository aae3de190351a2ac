import type { Stall } from "../history/types.ts";

/**
 * Time as the agent's budgets count it: without the times in which the harness itself stood still, since what the agent
 * sent then is stamped late, and those in which the machine had no processor for the agent. All in milliseconds. Without
 * stalls it is plain time.
 */
export interface UnstalledTime {
  /** How much of the time between two moments counts; 0 where the second is not later. */
  elapsed(from: number, to: number): number;
  /** The deadline: when this much has gone by since a moment. */
  after(from: number, budget: number): number;
  /** The moment from which this much has gone by until another. */
  before(to: number, budget: number): number;
}

/** @param stalls in any order; each ends where it was noticed, and what several have in common counts once */
export function createUnstalledTime(stalls: readonly Stall[]): UnstalledTime {
  const still = spansOf(stalls);
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

/** How long nothing could be done in all, milliseconds. */
export function lostTime(stalls: readonly Stall[]): number {
  return spansOf(stalls).reduce((sum, { from, to }) => sum + to - from, 0);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Oldest first, without overlap. */
function spansOf(stalls: readonly Stall[]): readonly Span[] {
  const spans = stalls.map(({ t, ms }) => ({ from: t - ms, to: t }));
  const whole: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last === undefined || span.from > last.to) whole.push(span);
    else whole[whole.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return whole;
}
