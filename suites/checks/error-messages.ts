import { scriptOf } from "../history/fault-specs.ts";
import type { ApiRequestRecord, Moment, SyncCall } from "../history/types.ts";
import { isWatchRequest } from "../oracle/index.ts";
import { allOverAt, type FailedRequest, failedRequests, faultText, requestText, surroundings } from "./api-faults.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { hiddenByEnd } from "./faults.ts";
import { noted, proofOf } from "./proof.ts";
import { untold } from "./untold.ts";
import { type Case, fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { count, inCall, quoted, seconds } from "./words.ts";

const tells = ({ errorMsg }: SyncCall) => errorMsg !== undefined && errorMsg !== "";
const isStored = ({ answer }: SyncCall) => answer?.stored === "replaced" || answer?.stored === "refreshed";

/** A time in which no list or watch of a kind succeeded, because a fault made them fail. */
interface Trouble {
  readonly resource: string;
  /** The first failure: before it the agent could not know. */
  readonly from: Moment;
  /** The next one began. */
  readonly to: Moment;
  readonly failures: readonly FailedRequest[];
}

/** From when on a kind was delivered, or could have been: with each page of a list, and with a watch that was opened. */
function successesOf(request: ApiRequestRecord): readonly Moment[] {
  if (request.verb === "list") return request.pages;
  return isWatchRequest(request) ? [request] : [];
}

function troublesOf({ scenario, oracle }: CheckContext): readonly Trouble[] {
  const [accepted] = oracle.accepted;
  const failed = failedRequests(scenario).filter(({ seq }) => accepted && seq > accepted.seq);
  return [...new Set(failed.map(({ resource }) => resource))].flatMap((resource): readonly Trouble[] => {
    if (!oracle.uploadedResources.has(resource)) return [];
    const failures = failed.filter((failure) => failure.resource === resource);
    const hit = new Set(failures.map(({ request }) => request));
    const successes = scenario.api.requests.filter((request) => request.resource === resource).flatMap(successesOf);
    const [first] = failures;
    if (!first) return [];
    const next = successes.find((success) => success.seq > first.seq && !hit.has(success as ApiRequestRecord));
    const to = next ?? oracle.observedUntil;
    return [{ resource, from: first, to, failures: failures.filter(({ seq }) => seq <= to.seq) }];
  });
}

/** KAS-ERR-1. */
export const tellsOfTrouble: Check = {
  id: "KAS-ERR-1",
  readsContent: true,
  readsDelivery: true,
  run(context) {
    const { oracle, plan } = context;
    const patience = plan.budgets.staleness + plan.budgets.heartbeat;
    const troubles = troublesOf(context).map((trouble) => {
      const told = oracle.calls.find(
        (call) => call.seq > trouble.from.seq && call.seq < trouble.to.seq && tells(call) && isStored(call),
      );
      return { ...trouble, due: oracle.time.after(trouble.from.t, patience), ...(told && { told }) };
    });
    const untold = troubles.filter(({ told, due, to }) => (told ? told.t > due : hasPassed(due, to)));
    if (untold.length > 0) {
      return fail({
        problem: `error_msg stayed empty for ${seconds(patience)} in which no list or watch of a kind succeeded`,
        cases: untold.map(({ resource, from, to, failures }): Case => ({
          at: from,
          text: `${resource}: ${count(failures.length, "request")} failed in ${seconds(to.t - from.t)}, and no request that the target stores says so${surroundings(context, resource, from, to)}`,
        })),
        consequence: "The real server goes on to show a state that is older from minute to minute, and calls it healthy.",
        mend: "Put what fails into error_msg once it has failed for a few seconds, with the version and the entries that were sent last.",
      });
    }
    const told = troubles.find((trouble) => trouble.told);
    const [first] = told?.failures ?? [];
    if (!told?.told || !first) {
      const why = troubles.length > 0 ? "the trouble was over before it had to be told" : "no list or watch failed for good";
      return hiddenByEnd(context) ?? notTestable(why);
    }
    return pass(
      proofOf(
        context,
        noted(told.from, `the first failure by ${faultText(first.fault)}`),
        noted(told.told, `error_msg ${quoted(told.told.errorMsg)}`),
      ),
      `told ${seconds(told.told.t - told.from.t)} after ${told.resource} could not be read any more`,
    );
  },
};

/** Requests with an error_msg since something failed. */
function reportsOf(context: CheckContext): readonly SyncCall[] {
  const [failure] = failedRequests(context.scenario);
  const [accepted] = context.oracle.accepted;
  if (!failure || !accepted) return [];
  return context.oracle.calls.filter((call) => call.seq > failure.seq && call.seq > accepted.seq && tells(call));
}

const NEVER_TOLD = "the agent never tells of trouble; KAS-ERR-1 says so";

/** KAS-ERR-2. */
export const errorsComeWithState: Check = {
  id: "KAS-ERR-2",
  readsContent: true,
  readsDelivery: true,
  run(context) {
    const { oracle, scenario } = context;
    const reports = reportsOf(context);
    const cases = reports.flatMap((call): readonly Case[] => {
      if (call.entriesHash === undefined) return [inCall(call, `error_msg ${quoted(call.errorMsg)} without entries`)];
      const before = oracle.uploads.findLast((upload) => upload.call.seq < call.seq);
      // Other entries are another snapshot, though no target may see the difference.
      if (!before || before.call.version === call.version || before.call.entriesHash !== call.entriesHash) return [];
      return [inCall(call, `the content of version ${before.call.version} under another version`)];
    });
    if (cases.length > 0) {
      return fail({
        problem: "error_msg came without the last version and entries",
        cases,
        consequence:
          "A server that lost the state in the meantime drops such a request (row 5), and shows neither the state nor what is wrong.",
        mend: "Send error_msg with the version and all entries of the last snapshot.",
      });
    }
    const [first] = reports;
    const [failure] = failedRequests(scenario);
    if (!first || !failure) {
      if (failedRequests(scenario).length === 0) return notTestable("no list or watch failed");
      return hiddenByEnd(context) ?? notApplicable(NEVER_TOLD);
    }
    return pass(
      proofOf(
        context,
        noted(failure, `${requestText(failure.request)} failed`),
        noted(first, `error_msg ${quoted(first.errorMsg)}, with all entries`),
      ),
      `${count(reports.length, "request")} with error_msg, each with version and entries`,
    );
  },
};

/** KAS-ERR-3. */
export const errorGoesWithTrouble: Check = {
  id: "KAS-ERR-3",
  readsContent: false,
  readsDelivery: true,
  run(context) {
    const { oracle, plan, scenario } = context;
    const { api } = plan.budgets;
    const over = allOverAt(scenario);
    const reports = reportsOf(context).filter(({ seq }) => over === undefined || seq < over.seq);
    if (!over || failedRequests(scenario).length === 0) return hiddenByEnd(context) ?? notTestable("the trouble never ended");
    if (reports.length === 0) return hiddenByEnd(context) ?? notApplicable(NEVER_TOLD);
    const due = oracle.time.after(over.t, api);
    const after = oracle.calls.filter(({ seq }) => seq > over.seq);
    const clean = after.find((call) => !tells(call));
    const late = after.filter((call) => call.t > due && tells(call));
    const never = clean ? clean.t > due : hasPassed(due, oracle.observedUntil);
    if (late.length > 0 || never) {
      const last = after.findLast(tells) ?? reports.at(-1);
      return fail({
        problem: `error_msg was not empty again within ${seconds(api)} of the end of the trouble`,
        cases: [...late.slice(0, 1), ...(late.length === 0 && last ? [last] : [])].map((call) =>
          inCall(
            call,
            `error_msg ${quoted(call.errorMsg)}, ${seconds(call.t - over.t)} after the last fault was over (seq ${over.seq})`,
          ),
        ),
        consequence:
          "Since v6.3.5 the real server applies nothing of a cluster while its error_msg is not empty: it is frozen for good.",
        mend: "Empty error_msg as soon as every kind can be listed and watched again.",
      });
    }
    if (!clean) return hiddenByEnd(context) ?? notTestable(`the agent was not observed for ${seconds(api)} after the trouble`);
    return pass(
      proofOf(context, noted(over, "the last fault was over"), noted(clean, "the first request without error_msg")),
      `empty again ${seconds(clean.t - over.t)} after the end of the trouble`,
    );
  },
};

/** A fault that hit one request of a kind, and what came of the next request of that kind. */
interface Hiccup {
  readonly failure: FailedRequest;
  /** It succeeded: a watch was opened, or a page given. */
  readonly healed?: Moment;
  readonly told?: SyncCall;
}

/** KAS-ERR-5. An agent that tries again later than an interval may tell of it, and need not. */
export const singleFaultUntold: Check = {
  id: "KAS-ERR-5",
  readsContent: false,
  readsDelivery: true,
  run(context) {
    const { oracle, plan, scenario } = context;
    const [accepted] = oracle.accepted;
    const failures = failedRequests(scenario);
    const single = failedRequests(scenario, ["api-status"]).filter(({ seq, fault }) => {
      const { times, retryAfterSeconds } = scriptOf(fault) ?? { fault: "" };
      return accepted && seq > accepted.seq && (times ?? 1) === 1 && retryAfterSeconds === undefined;
    });
    const healingOf = (failure: FailedRequest): Moment | undefined => {
      const next = scenario.api.requests.find(({ seq, resource }) => seq > failure.seq && resource === failure.resource);
      return next && successesOf(next)[0];
    };
    const isSoon = (failure: FailedRequest, healed = healingOf(failure)): boolean =>
      healed !== undefined && oracle.time.elapsed(failure.t, healed.t) <= plan.intervalMs;
    const lasting = failures.filter((failure) => !isSoon(failure));
    const hiccups = single.map((failure): Hiccup => {
      const healed = healingOf(failure);
      const since = healed ?? failure;
      const end = oracle.time.after(since.t, plan.budgets.heartbeat);
      // What is told after another fault, or beside one that lasts, is told of that, and what was told before of something else.
      const other = failures.find(({ seq }) => seq > since.seq)?.seq ?? Infinity;
      const before = oracle.calls.findLast(({ seq }) => seq < failure.seq)?.errorMsg;
      const others = lasting.filter(({ seq }) => seq !== failure.seq);
      const beside = ({ seq, t }: SyncCall) =>
        others.some(
          (one) => one.seq < seq && t <= oracle.time.after((healingOf(one) ?? oracle.observedUntil).t, plan.budgets.heartbeat),
        );
      const told = oracle.calls.find(
        (call) =>
          call.seq > failure.seq && call.seq < other && call.t <= end && tells(call) && call.errorMsg !== before && !beside(call),
      );
      return { failure, ...(healed && { healed }), ...(told && { told }) };
    });
    const soon = hiccups.filter(({ healed, failure }) => isSoon(failure, healed));
    const told = soon.filter((hiccup) => hiccup.told);
    // When an overloaded harness gave its answer is not recorded: to the agent the fault may have lasted until then.
    const reported = told.filter(({ failure, told: call }) => call && oracle.lostBetween(failure, call).length === 0);
    const [unclear] = told;
    if (unclear?.told && reported.length === 0)
      return untold("a fault was reported", oracle.lostBetween(unclear.failure, unclear.told));
    if (reported.length > 0) {
      return fail({
        problem: "a single fault, which the next try healed within an interval, was reported",
        cases: reported.map(({ failure, healed, told }) =>
          inCall(
            told as SyncCall,
            `error_msg ${quoted(told?.errorMsg)}; ${requestText(failure.request)} had failed by ${faultText(failure.fault)}, and the next try succeeded ${seconds((healed?.t ?? 0) - failure.t)} later (seq ${healed?.seq})`,
          ),
        ),
        consequence:
          "Since v6.3.5 the real server applies nothing of a cluster while its error_msg is not empty: it is frozen for nothing.",
        mend: "Tell only of what has failed for longer than an interval, without one success in between.",
      });
    }
    const quiet = hiccups.find(({ healed, told }) => healed && !told);
    const after = quiet?.healed && oracle.calls.find(({ seq }) => seq > (quiet.healed?.seq ?? Infinity));
    if (!quiet?.healed || !after) {
      if (soon.length === 0 && hiccups.some(({ healed }) => healed)) {
        return notApplicable(
          `the agent tries again after more than its interval of ${seconds(plan.intervalMs)}, so that a fault lasts longer`,
        );
      }
      return hiddenByEnd(context) ?? notTestable("no list or watch failed once and succeeded at the next try");
    }
    return pass(
      proofOf(
        context,
        noted(quiet.failure, `${requestText(quiet.failure.request)} failed once`),
        noted(after, "the request after the next try had succeeded, without error_msg"),
      ),
      `${count(hiccups.length, "single fault")}, healed by the next try and not reported`,
    );
  },
};
