import type { CheckContext } from "../checks/index.ts";
import { overAt, scriptOf } from "../history/index.ts";
import type { Evidence, FailureContext } from "../results.ts";
import { happeningsOf, type Happening } from "./events.ts";
import { snapshotContext } from "./snapshot.ts";
import { timelineOf } from "./timeline.ts";

/** Tells of failures in one scenario what happened around them. */
export type Explainer = (failure: { readonly message: string; readonly evidence: readonly Evidence[] }) => FailureContext;

/** An explainer of one scenario; what it needs is gathered once, when the first failure asks for it. */
export function explainerOf({ scenario, oracle, target }: CheckContext): Explainer {
  let gathered: readonly Happening[] | undefined;
  return ({ message, evidence }) => {
    gathered ??= happeningsOf(scenario);
    const first = evidence[0]?.seq;
    const named = [...message.matchAll(/\bseq (\d+)/gu)].map(([, seq]) => Number(seq));
    const upload = [first, ...named].flatMap((seq) => oracle.uploads.find(({ call }) => call.seq === seq) ?? [])[0];
    const snapshot = upload?.snapshot.unreadable.length === 0 ? snapshotContext(upload, oracle, target) : undefined;
    const inForce = scenario.faults.filter(
      (fault) => first !== undefined && fault.scripted.seq < first && (overAt(fault)?.seq ?? Infinity) >= first,
    );
    return {
      timeline: timelineOf(gathered, [
        ...new Set([...evidence.map(({ seq }) => seq), ...inForce.map(({ scripted }) => scripted.seq), ...named]),
      ]),
      ...(snapshot && snapshot.kinds.length + snapshot.unsent.length > 0 && { snapshot }),
      ...(inForce.length > 0 && { faults: [...new Set(inForce.map((fault) => scriptOf(fault)?.fault ?? fault.fault))] }),
    };
  };
}
