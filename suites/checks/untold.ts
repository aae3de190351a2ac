import type { Stall } from "../history/types.ts";
import { lostTime } from "../oracle/index.ts";
import { type ControlledVerdict, type NotTestable, notTestable } from "./verdict.ts";
import { seconds } from "./words.ts";

const UNTOLD = "the machine was overloaded, so that it cannot be told";

/** @param what is open; @param stalls in which the harness stood still or the agent had no processor, at least one */
export function untold(what: string, stalls: readonly Stall[]): NotTestable {
  const lost = seconds(lostTime(stalls));
  const longest = stalls.reduce((most, stall) => (stall.ms > most.ms ? stall : most));
  return notTestable(`${UNTOLD}: ${what}, and for ${lost} the harness stood still or the agent had no processor`, [
    { seq: longest.seq, note: `the longest such time, ${seconds(longest.ms)}` },
  ]);
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
  if (stalls.length === 0 || verdict.verdict === byTheClock.verdict) return verdict;
  if (isUntold(verdict)) return verdict;
  if (isUntold(byTheClock)) return byTheClock;
  const both = `${word(byTheClock)} by the clock, and ${word(verdict)} by the time that was left`;
  const open = untold(both, stalls);
  return { ...open, message: `${open.message}. ${byTheClock.message}` };
}

/** Whether it is such times alone that left a verdict open. */
export function isUntold({ verdict, message }: { readonly verdict: string; readonly message: string }): boolean {
  return verdict === "not-testable" && message.startsWith(UNTOLD);
}

function word({ verdict }: ControlledVerdict): string {
  return { pass: "a pass", fail: "a failure", "not-testable": "not testable", "not-applicable": "not applicable" }[verdict];
}
