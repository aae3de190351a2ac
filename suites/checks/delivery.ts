import type { SyncCall } from "../history/types.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { type FaultedCall, faultedCalls, hiddenByEnd, kindOf } from "./faults.ts";
import { noted, proofOf } from "./proof.ts";
import { fail, notTestable, pass } from "./verdict.ts";
import { isAcknowledged } from "./versions.ts";
import { count, inCall, seconds } from "./words.ts";

/** A snapshot whose call failed, and the request with which the server had it. */
interface Failure extends FaultedCall {
  readonly delivered?: SyncCall;
  /** When it was due, milliseconds: a budget after the last trouble on its way. */
  readonly due: number;
  /** Any request after it. */
  readonly heard: boolean;
}

const TROUBLES = ["status", "silence", "lose-answer"];

/** Whom the silence after such a fault is blamed on; after an answer that was an error, on this requirement itself. */
const SILENCE_OF: Readonly<Record<string, string>> = { silence: "KAS-CONN-4", "lose-answer": "KAS-CONN-2" };

function failuresOf(context: CheckContext): readonly Failure[] {
  const { oracle, plan } = context;
  const troubled = faultedCalls(context, TROUBLES);
  const knownFailed = ({ call, fault }: FaultedCall) =>
    Math.max(
      Math.min(call.answer?.t ?? Infinity, call.t + plan.callTimeoutMs),
      kindOf(fault) === "status" ? (fault.removed?.t ?? 0) : 0,
    );
  return troubled
    .filter(({ call }) => call.entriesHash !== undefined && call.answer?.code !== 0)
    .map((failed) => {
      const delivered = oracle.calls.find((call) => hasDelivered(call, failed.call));
      const onTheWay = troubled.filter(
        ({ call }) => call.seq >= failed.call.seq && (delivered === undefined || call.seq < delivered.seq),
      );
      return {
        ...failed,
        due: oracle.time.after(Math.max(...onTheWay.map(knownFailed)), plan.budgets.transport),
        heard: oracle.calls.some(({ seq }) => seq > failed.call.seq),
        ...(delivered === undefined ? {} : { delivered }),
      };
    });
}

/** It stored a snapshot since, or said that it holds the version of the failed one. */
function hasDelivered(call: SyncCall, failed: SyncCall): boolean {
  if (call.seq <= failed.seq || call.answer?.code !== 0) return false;
  return call.accepted || (isAcknowledged(call) && call.version === failed.version);
}

/** KAS-CONN-5. */
export const failedSnapshotDelivered: Check = {
  id: "KAS-CONN-5",
  readsContent: false,
  run(context) {
    const { oracle, plan } = context;
    const { transport } = plan.budgets;
    const failures = failuresOf(context);
    const missed = failures.filter(({ delivered, due }) =>
      delivered ? delivered.t > due : hasPassed(due, oracle.observedUntil),
    );
    const silenced = missed.find(({ heard, fault }) => !heard && SILENCE_OF[kindOf(fault)] !== undefined);
    if (silenced) {
      const id = SILENCE_OF[kindOf(silenced.fault)];
      return notTestable(`the agent was not heard again after a snapshot whose call failed, because of ${id}`, [
        { seq: silenced.call.seq, note: "a snapshot whose call failed" },
      ]);
    }
    if (missed.length > 0) {
      return fail({
        problem: `a snapshot whose call failed did not reach the server within ${seconds(transport)}`,
        cases: missed.map(({ call, delivered }) =>
          inCall(
            call,
            `${call.answer === undefined ? "not answered" : `ended with status ${call.answer.code}`}, and ${delivered ? `the server had it ${seconds(delivered.t - call.t)} later` : "never sent again"}`,
          ),
        ),
        consequence: "The real server shows the old state until something else changes, which may be never.",
        mend: "Count a snapshot as sent when its call was answered, and send it again with all entries until then.",
      });
    }
    const open = failures.find(({ delivered }) => delivered === undefined);
    const [first] = failures;
    if (open || !first?.delivered) {
      return (
        hiddenByEnd(context) ??
        notTestable(
          open ? "the agent was not observed for long enough after a snapshot whose call failed" : "no snapshot's call failed",
        )
      );
    }
    const slowest = Math.max(...failures.map(({ call, delivered }) => (delivered?.t ?? call.t) - call.t));
    return pass(
      proofOf(
        context,
        noted(first.call, "a snapshot whose call failed"),
        noted(first.delivered, "the request with which the server had it"),
      ),
      `${count(failures.length, "call")} with entries failed, and the server had each snapshot ${seconds(slowest)} later at most`,
    );
  },
};
