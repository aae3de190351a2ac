import type { SyncCall } from "../history/types.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { noted, proofOf } from "./proof.ts";
import { fail, notTestable, pass } from "./verdict.ts";
import { count, inCall, seconds } from "./words.ts";

/**
 * KAS-LIFE-6. A replica uploads for as long as its requests come within the heartbeat budget of each other. Two upload at a
 * time where a request of one lies within such a stretch of the other: a hand-over has one stretch end before the next.
 */
export const oneUploadsAtATime: Check = {
  id: "KAS-LIFE-6",
  readsContent: false,
  run(context) {
    const { oracle, plan, scenario } = context;
    const killed = scenario.agent.lives.flatMap(({ signals }) => signals).find(({ signal }) => signal === "SIGKILL");
    const cases = oracle.calls.flatMap((call) => {
      const around = stretchAround(context, call);
      return around
        ? [inCall(call, `of replica ${call.replica}, between two of replica ${around.replica} (seq ${around.seq})`)]
        : [];
    });
    const consequence =
      "Two versions for one cluster_id take turns on the real server: each heartbeat of one asks the other for everything again, and each snapshot refreshes the whole cluster.";
    const mend = "Let replicas agree on one of them by a Lease, and send nothing from the others, heartbeats included.";
    if (cases.length > 0) return fail({ problem: "several replicas upload at a time", cases, consequence, mend });
    if (!killed) return notTestable("the replica that uploaded was never killed, so that nothing shows that there is another");
    const before = oracle.calls.findLast(({ seq }) => seq < killed.seq);
    const successor = oracle.calls.find((call) => call.seq > killed.seq && call.replica !== before?.replica);
    if (!before || !successor) {
      const due = oracle.time.after(killed.t, plan.budgets.start);
      const until = scenario.steps.findLast(({ step }) => step === "stop-agent")?.began ?? oracle.observedUntil;
      if (!hasPassed(due, until)) return notTestable("the other replica was not observed for long enough after the kill");
      return fail({
        problem: `no replica uploads any more ${seconds(plan.budgets.start)} after the one that did was killed`,
        cases: [{ at: killed, text: `replica ${before?.replica ?? "?"} was killed, and the other sent nothing` }],
        consequence: "Replicas of which none takes over are no better than one.",
        mend: "Let the others try for the Lease again and again, and list everything as soon as one has it.",
      });
    }
    return pass(
      proofOf(context, noted(killed, "the replica that uploaded was killed"), noted(successor, "the first request of the other")),
      `${count(oracle.calls.length, "request")} of two replicas, never of both at a time; the other took over after ${seconds(successor.t - killed.t)}`,
    );
  },
};

/** The request before which another replica had sent already, and after which it went on, soon on both sides. */
function stretchAround({ oracle, plan }: CheckContext, call: SyncCall): SyncCall | undefined {
  const isOther = ({ replica }: SyncCall) => replica !== undefined && call.replica !== undefined && replica !== call.replica;
  const before = oracle.calls.findLast((each) => each.seq < call.seq && isOther(each));
  const after = oracle.calls.find((each) => each.seq > call.seq && isOther(each));
  const isStretch = before && after && before.replica === after.replica;
  return isStretch && oracle.time.elapsed(before.t, after.t) <= plan.budgets.heartbeat ? before : undefined;
}
