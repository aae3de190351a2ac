import type { Moment, Stall } from "../history/types.ts";
import type { ControlledVerdict } from "./verdict.ts";
import { notTestable } from "./verdict.ts";
import { seconds } from "./words.ts";

const UNTOLD = "the machine was overloaded, so that it cannot be told";

/** Stalls that lie, at least in part, between two moments. @param until absent where the record breaks off */
export function stallsWithin(stalls: readonly Stall[], from: Moment, until: Moment | undefined): readonly Stall[] {
  return stalls.filter(({ t, ms }) => t > from.t && t - ms < (until?.t ?? Infinity));
}

/**
 * A verdict that holds, whatever happened in the times in which nothing could be done: with them and without them it is
 * the same. Else nobody can tell which of the two is true.
 *
 * @param verdict where they do not count
 * @param byTheClock where they do
 */
export function settledVerdict(
  verdict: ControlledVerdict,
  byTheClock: ControlledVerdict,
  stalls: readonly Stall[],
): ControlledVerdict {
  const [longest] = stalls.toSorted((a, b) => b.ms - a.ms);
  if (longest === undefined || verdict.verdict === byTheClock.verdict) return verdict;
  const lost = seconds(stalls.reduce((sum, { ms }) => sum + ms, 0));
  return notTestable(
    `${UNTOLD}: ${word(byTheClock)} by the clock, and ${word(verdict)} without the ${lost} in which the harness stood still or the agent had no processor. ${byTheClock.message}`,
    [{ seq: longest.seq, note: `the longest such time, ${seconds(longest.ms)}` }],
  );
}

/** Whether it is such times alone that left a verdict open. */
export function isUntold({ verdict, message }: { readonly verdict: string; readonly message: string }): boolean {
  return verdict === "not-testable" && message.startsWith(UNTOLD);
}

function word({ verdict }: ControlledVerdict): string {
  return { pass: "a pass", fail: "a failure", "not-testable": "not testable", "not-applicable": "not applicable" }[verdict];
}
