import type { Moment, SyncCall } from "../history/types.ts";
import { allOverAt, type FailedRequest, failedRequests, faultText, requestText, surroundings } from "./api-faults.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { hiddenByEnd } from "./faults.ts";
import { healingIn } from "./healing.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { count, inCall, quoted, seconds } from "./words.ts";

/** Whether a request has an error_msg. */
export const tells = ({ errorMsg }: SyncCall) => errorMsg !== undefined && errorMsg !== "";
const isStored = ({ answer }: SyncCall) => answer?.stored === "replaced" || answer?.stored === "refreshed";

/** A time in which no list or watch of a kind succeeded, because a fault made them fail. */
interface Trouble {
  readonly resource: string;
  /** The first failure: before it the agent could not know. */
  readonly from: FailedRequest;
  /** The next one began. */
  readonly to: Moment;
  readonly failures: readonly FailedRequest[];
}

function troublesOf({ scenario, oracle }: CheckContext): readonly Trouble[] {
  const [accepted] = oracle.accepted;
  const failed = failedRequests(scenario).filter(({ seq }) => accepted && seq > accepted.seq);
  const healing = healingIn(scenario);
  return [...oracle.uploadedResources].flatMap((resource): readonly Trouble[] => {
    const failures = failed.filter((failure) => failure.resource === resource);
    const troubles: Trouble[] = [];
    for (const from of failures) {
      if (from.seq < (troubles.at(-1)?.to.seq ?? 0)) continue;
      const to = healing.after(from) ?? oracle.observedUntil;
      troubles.push({ resource, from, to, failures: failures.filter(({ seq }) => seq >= from.seq && seq <= to.seq) });
    }
    return troubles;
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
    const kept = troubles.filter(({ told, due, to }) => (told ? told.t > due : hasPassed(due, to)));
    if (kept.length > 0) {
      return fail({
        problem: `error_msg stayed empty for ${seconds(patience)} in which no list or watch of a kind succeeded`,
        cases: kept.map(({ resource, from, to, failures }): Case => ({
          at: from,
          text: `${resource}: ${count(failures.length, "request")} failed in ${seconds(to.t - from.t)}, and no request that the target stores says so${surroundings(context, resource, from, to)}`,
        })),
        consequence: "The real server goes on to show a state that is older from minute to minute, and calls it healthy.",
        mend: "Put what fails into error_msg once it has failed for a few seconds, with the version and the entries that were sent last.",
      });
    }
    const told = troubles.find((trouble) => trouble.told);
    if (!told?.told) {
      const why = troubles.length > 0 ? "the trouble was over before it had to be told" : "no list or watch failed for good";
      return hiddenByEnd(context) ?? notTestable(why);
    }
    return pass(
      proofOf(
        context,
        noted(told.from, `the first failure by ${faultText(told.from.fault)}`),
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
    if (!over || failedRequests(scenario).length === 0) return hiddenByEnd(context) ?? notTestable("the trouble never ended");
    const reports = reportsOf(context).filter(({ seq }) => seq < over.seq);
    const last = reports.at(-1);
    if (!last) return hiddenByEnd(context) ?? notApplicable(NEVER_TOLD);
    const due = oracle.time.after(over.t, api);
    const after = oracle.calls.filter(({ seq }) => seq > over.seq);
    const clean = after.find((call) => !tells(call));
    const late = after.filter((call) => call.t > due && tells(call));
    const never = clean ? clean.t > due : hasPassed(due, oracle.observedUntil);
    if (late.length > 0 || never) {
      const told = late[0] ?? after.findLast(tells) ?? last;
      const when = told.seq > over.seq ? `${seconds(told.t - over.t)} after` : "the last before";
      return fail({
        problem: `error_msg was not empty again within ${seconds(api)} of the end of the trouble`,
        cases: [inCall(told, `error_msg ${quoted(told.errorMsg)}, ${when} the last fault was over (seq ${over.seq})`)],
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
