import { scriptOf } from "../history/fault-specs.ts";
import { statusText } from "../history/status-text.ts";
import type { FaultRecord, Moment, SyncCall } from "../history/types.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { faultedCalls, hiddenByEnd, kindOf } from "./faults.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notTestable, pass } from "./verdict.ts";
import { isAcknowledged } from "./versions.ts";
import { callText, count, inCall, seconds } from "./words.ts";

/** A snapshot whose call failed, and the request with which the server had it. */
interface Failure extends Moment {
  readonly fault: FaultRecord;
  /** Absent where the connection broke before the server had the request. */
  readonly call?: SyncCall;
  readonly delivered?: SyncCall;
  /** When it was due, milliseconds: a budget after the last trouble on its way. */
  readonly due: number;
  /** The request after it. */
  readonly next?: SyncCall;
}

type Trouble = Pick<Failure, "seq" | "t" | "fault" | "call">;

const TROUBLES = ["status", "silence", "lose-answer"];

/** Whom the silence after such a fault is blamed on; after an answer that was an error, on this requirement itself. */
const SILENCE_OF: Readonly<Record<string, string>> = {
  silence: "KAS-CONN-4",
  "lose-answer": "KAS-CONN-2",
  "cut-request": "KAS-CONN-2",
};

/** Calls that failed by a fault. Of one that was cut off nothing is known but what the fault waited for. */
function troublesOf(context: CheckContext): readonly Trouble[] {
  const troubled = faultedCalls(context, TROUBLES).map(({ call, fault }): Trouble => ({ seq: call.seq, t: call.t, call, fault }));
  const cuts = context.scenario.faults.filter((fault) => kindOf(fault) === "cut-request");
  return [...troubled, ...cuts.flatMap((fault) => fault.hits.map(({ seq, t }): Trouble => ({ seq, t, fault })))];
}

function isSnapshot({ call, fault }: Trouble): boolean {
  return call ? call.entriesHash !== undefined && call.answer?.code !== 0 : scriptOf(fault)?.["when"] === "entries";
}

function failuresOf(context: CheckContext): readonly Failure[] {
  const { oracle, plan } = context;
  const troubled = troublesOf(context);
  const knownFailed = ({ t, call, fault }: Trouble) =>
    Math.max(
      call === undefined ? t : Math.min(call.answer?.t ?? Infinity, t + plan.callTimeoutMs),
      kindOf(fault) === "status" ? (fault.removed?.t ?? 0) : 0,
    );
  return troubled.filter(isSnapshot).map((failed) => {
    const delivered = oracle.calls.find((call) => hasDelivered(call, failed));
    const onTheWay = troubled.filter(({ seq }) => seq >= failed.seq && (delivered === undefined || seq < delivered.seq));
    const next = oracle.calls.find(({ seq }) => seq > failed.seq);
    return {
      ...failed,
      due: oracle.time.after(Math.max(...onTheWay.map(knownFailed)), plan.budgets.transport),
      ...(next && { next }),
      ...(delivered && { delivered }),
    };
  });
}

/** It stored a snapshot since, or said that it holds the version of the failed one. */
function hasDelivered(call: SyncCall, failed: Trouble): boolean {
  if (call.seq <= failed.seq || call.answer?.code !== 0) return false;
  return call.accepted || (isAcknowledged(call) && failed.call !== undefined && call.version === failed.call.version);
}

function caseOf({ seq, t, call, next, delivered }: Failure): Case {
  const instead = next === undefined ? "" : `; ${callText(next)} followed ${next.entriesHash ? "with" : "without"} entries`;
  const then = delivered ? `the server had it ${seconds(delivered.t - t)} later` : `never sent again${instead}`;
  if (call === undefined)
    return { at: { seq, t }, text: `a request with entries was cut off on its way (seq ${seq}), and ${then}` };
  return inCall(
    call,
    `${call.answer === undefined ? "not answered" : `ended with ${statusText(call.answer.code)}`}, and ${then}`,
  );
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
    const silenced = missed.find(({ next, fault }) => !next && SILENCE_OF[kindOf(fault)] !== undefined);
    if (silenced) {
      const id = SILENCE_OF[kindOf(silenced.fault)];
      return notTestable(`the agent was not heard again after a snapshot whose call failed, because of ${id}`, [
        { seq: silenced.seq, note: "a snapshot whose call failed" },
      ]);
    }
    if (missed.length > 0) {
      return fail({
        problem: `a snapshot whose call failed did not reach the server within ${seconds(transport)}`,
        cases: missed.map(caseOf),
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
    const slowest = Math.max(...failures.map(({ t, delivered }) => (delivered?.t ?? t) - t));
    return pass(
      proofOf(
        context,
        noted(first, "a snapshot whose call failed"),
        noted(first.delivered, "the request with which the server had it"),
      ),
      `${count(failures.length, "call")} with entries failed, and the server had each snapshot ${seconds(slowest)} later at most`,
    );
  },
};
