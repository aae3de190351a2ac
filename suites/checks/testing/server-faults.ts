import type { FaultActor } from "./fault-actor.ts";

/** The script of errors that are answered. */
export const STATUS = JSON.stringify({ fault: "status", code: 14, times: 1_000_000 });
const SILENCE = JSON.stringify({ fault: "silence", when: "entries" });
const CUT_REQUEST = JSON.stringify({ fault: "cut-request", when: "entries" });

/** Errors from the first of these calls on, one every so many milliseconds. */
export function errors(a: FaultActor, every: number, times: number): void {
  a.fault(STATUS, "scripted");
  for (let call = 0; call < times; call += 1) {
    a.broken(STATUS, 1n, false, { code: 14 });
    a.wait(every);
  }
  a.fault(STATUS, "removed");
}

/** A change is uploaded, and the call never answered; code: what the agent gives up with. */
export function silence(a: FaultActor, code?: number): void {
  a.change();
  a.fault(SILENCE, "scripted");
  a.broken(SILENCE, 2n, true, code === undefined ? {} : { code });
}

/** A change is uploaded, and the connection reset amid the request. */
export function cutOff(a: FaultActor, script = CUT_REQUEST): void {
  a.change();
  a.fault(script, "scripted");
  a.fault(script, "fired");
}
