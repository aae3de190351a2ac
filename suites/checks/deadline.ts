import type { Moment } from "../history/types.ts";

/** A wait of the runner ends by a timer, which may be early by a hair on the transcript's clock. */
const TIMER_SLACK_MS = 100;

/** Whether a deadline passed while the agent was observed, so that what did not come by then is late. Milliseconds. */
export function hasPassed(deadline: number, observedUntil: Moment): boolean {
  return observedUntil.t >= deadline - TIMER_SLACK_MS;
}
