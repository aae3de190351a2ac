import type { Stall } from "../history/types.ts";
import { lostTime, type Oracle } from "../oracle/index.ts";
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
 * the same, and a failure is none that as much time again would excuse. Else nobody can tell what is true.
 *
 * @param judgeBy judges by one reading of the time
 * @param oracle by which those times do not count
 */
export function settledVerdict<V extends ControlledVerdict>(
  judgeBy: (oracle: Oracle) => V,
  oracle: Oracle,
  stalls: readonly Stall[],
): V | NotTestable {
  const verdict = judgeBy(oracle);
  if (stalls.length === 0 || isUntold(verdict)) return verdict;
  const byTheClock = judgeBy(oracle.byTheClock);
  if (verdict.verdict !== byTheClock.verdict) {
    if (isUntold(byTheClock)) return byTheClock;
    return open(`${word(byTheClock)} by the clock, and ${word(verdict)} by the time that was left`, byTheClock, stalls);
  }
  if (verdict.verdict !== "fail") return verdict;
  const inDoubt = judgeBy(oracle.inDoubt);
  return inDoubt.verdict === "fail"
    ? verdict
    : open(`a failure, which as much lost time again would make ${word(inDoubt)}`, verdict, stalls);
}

function open(what: string, { message }: ControlledVerdict, stalls: readonly Stall[]): NotTestable {
  const verdict = untold(what, stalls);
  return { ...verdict, message: `${verdict.message}. ${message}` };
}

/** Whether it is such times alone that left a verdict open. */
export function isUntold({ verdict, message }: { readonly verdict: string; readonly message: string }): boolean {
  return verdict === "not-testable" && message.startsWith(UNTOLD);
}

function word({ verdict }: ControlledVerdict): string {
  return { pass: "a pass", fail: "a failure", "not-testable": "not testable", "not-applicable": "not applicable" }[verdict];
}
