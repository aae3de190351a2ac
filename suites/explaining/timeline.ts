import type { Moment } from "../history/types.ts";
import type { FailureContext } from "../results.ts";
import type { Happening } from "./events.ts";

const MAX_CITED = 8;
const MAX_LINES = 14;
const BEFORE = 2;
const AFTER = 1;

/**
 * What a failure names, each with what happened just before and after it, in order; bounded.
 *
 * @param happenings in transcript order
 * @param cited seqs that the failure names, the most important first
 */
export function timelineOf(happenings: readonly Happening[], cited: readonly number[]): FailureContext["timeline"] {
  const named = new Set(cited.slice(0, MAX_CITED));
  const told = happenings.filter(({ seq, minor }) => named.has(seq) || minor === undefined);
  const chosen = new Set<Happening>();
  for (const reach of [0, 1, 2]) {
    for (const [index, { seq }] of told.entries()) {
      if (!named.has(seq)) continue;
      const from = Math.max(0, index - Math.min(reach, BEFORE));
      for (const near of told.slice(from, index + 1 + Math.min(reach, AFTER))) if (chosen.size < MAX_LINES) chosen.add(near);
    }
  }
  return told
    .filter((one) => chosen.has(one))
    .map(({ seq, t, text }) => ({ seq, ms: ms({ seq, t }), text: text(), ...(named.has(seq) && { cited: true as const }) }));
}

function ms({ t }: Moment): number {
  return Math.round(t * 10) / 10;
}
