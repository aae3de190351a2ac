import { scriptOf } from "../history/fault-specs.ts";
import type { Moment, SyncCall } from "../history/types.ts";
import { type FailedRequest, failedRequests, faultText, requestText } from "./api-faults.ts";
import type { Check, CheckContext } from "./check.ts";
import { tells } from "./error-messages.ts";
import { hiddenByEnd } from "./faults.ts";
import { healingIn } from "./healing.ts";
import { noted, proofOf } from "./proof.ts";
import { untold } from "./untold.ts";
import { fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { count, inCall, quoted, seconds } from "./words.ts";

/** A fault that hit one request of a kind, and what came of the next request of that kind. */
interface Hiccup {
  readonly failure: FailedRequest;
  /** It succeeded: a watch was opened, or a page given. */
  readonly healed?: Moment;
  /** That was within an interval. */
  readonly soon: boolean;
  /** The request that tells of it. */
  readonly told?: SyncCall;
  /** One after it healed, and before anything else failed, that tells of nothing. */
  readonly quiet?: SyncCall;
}

/** Requests that a fault hit which is for one request alone, and names no time at which to try again. */
function singleFailures({ oracle, scenario }: CheckContext): readonly FailedRequest[] {
  const [accepted] = oracle.accepted;
  return failedRequests(scenario, ["api-status"]).filter(({ seq, fault }) => {
    const { times, retryAfterSeconds } = scriptOf(fault) ?? { fault: "" };
    return accepted && seq > accepted.seq && (times ?? 1) === 1 && retryAfterSeconds === undefined;
  });
}

function hiccupsOf(context: CheckContext): readonly Hiccup[] {
  const { oracle, plan, scenario } = context;
  const failures = failedRequests(scenario);
  const healing = healingIn(scenario);
  // Who tries again once an interval need not tell of it.
  const isSoon = (failure: FailedRequest, healed: Moment | undefined) =>
    healed !== undefined && oracle.time.elapsed(failure.t, healed.t) <= plan.intervalMs;
  const tellingEnds = (moment: Moment) => oracle.time.after(moment.t, plan.budgets.heartbeat);
  const lasting = failures.filter((failure) => !isSoon(failure, healing.atNextTry(failure)));
  return singleFailures(context).map((failure): Hiccup => {
    const healed = healing.atNextTry(failure);
    const since = healed ?? failure;
    // What is told after another fault, or beside one that lasts, is told of that, and what was told before of something else.
    const other = failures.find(({ seq }) => seq > since.seq)?.seq ?? Infinity;
    const before = oracle.calls.findLast(({ seq }) => seq < failure.seq)?.errorMsg;
    const others = lasting.filter(({ seq }) => seq !== failure.seq);
    const isBeside = ({ seq, t }: SyncCall) =>
      others.some((one) => one.seq < seq && t <= tellingEnds(healing.after(one) ?? oracle.observedUntil));
    const told = oracle.calls.find(
      (call) =>
        call.seq > failure.seq &&
        call.seq < other &&
        call.t <= tellingEnds(since) &&
        tells(call) &&
        call.errorMsg !== before &&
        !isBeside(call),
    );
    const quiet = healed && oracle.calls.find((call) => call.seq > healed.seq && call.seq < other && !tells(call));
    const soon = isSoon(failure, healed);
    return { failure, soon, ...(healed && { healed }), ...(told && { told }), ...(quiet && { quiet }) };
  });
}

/** KAS-ERR-5. An agent that tries again later than an interval may tell of it, and need not. */
export const singleFaultUntold: Check = {
  id: "KAS-ERR-5",
  readsContent: false,
  readsDelivery: true,
  run(context) {
    const { oracle, plan } = context;
    const hiccups = hiccupsOf(context);
    const told = hiccups.flatMap(({ failure, healed, soon, told: call }) =>
      soon && healed && call ? [{ failure, healed, call }] : [],
    );
    // When an overloaded harness gave its answer is not recorded: to the agent the fault may have lasted until then.
    const reported = told.filter(({ failure, call }) => oracle.lostBetween(failure, call).length === 0);
    const [unclear] = told;
    if (unclear && reported.length === 0)
      return untold("a fault was reported", oracle.lostBetween(unclear.failure, unclear.call));
    if (reported.length > 0) {
      return fail({
        problem: "a single fault, which the next try healed within an interval, was reported",
        cases: reported.map(({ failure, healed, call }) => {
          const healing = `the next try succeeded ${seconds(healed.t - failure.t)} later (seq ${healed.seq})`;
          const failed = `${requestText(failure.request)} had failed by ${faultText(failure.fault)}`;
          return inCall(call, `error_msg ${quoted(call.errorMsg)}; ${failed}, and ${healing}`);
        }),
        consequence:
          "Since v6.3.5 the real server applies nothing of a cluster while its error_msg is not empty: it is frozen for nothing.",
        mend: "Tell only of what has failed for longer than an interval, without one success in between.",
      });
    }
    const untouched = hiccups.find((hiccup) => hiccup.quiet && !hiccup.told);
    if (!untouched?.quiet) {
      if (!hiccups.some(({ soon }) => soon) && hiccups.some(({ healed }) => healed)) {
        return notApplicable(
          `the agent tries again after more than its interval of ${seconds(plan.intervalMs)}, so that a fault lasts longer`,
        );
      }
      const why =
        "no list or watch failed once and succeeded at the next try, with a request without error_msg before anything else failed";
      return hiddenByEnd(context) ?? notTestable(why);
    }
    return pass(
      proofOf(
        context,
        noted(untouched.failure, `${requestText(untouched.failure.request)} failed once`),
        noted(untouched.quiet, "a request after the next try had succeeded, without error_msg"),
      ),
      `${count(hiccups.length, "single fault")}, healed by the next try and not reported`,
    );
  },
};
