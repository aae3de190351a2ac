import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { completenessOf } from "./presence.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notTestable, pass } from "./verdict.ts";
import { callText, count, inCall, lifeText, seconds } from "./words.ts";

/** What the real server takes at most (protocol.md 1.6), bytes. */
const LIMIT = 100 * 1024 * 1024;
const RESOURCE_EXHAUSTED = 8;

/** KAS-SCALE-1. Judged though nothing was accepted, since a request that is too large is not. */
export const underMessageLimit: Check = {
  id: "KAS-SCALE-1",
  readsContent: false,
  withoutAccepted: "itself",
  run(context) {
    const { oracle } = context;
    const large = oracle.calls.filter(({ byteLength }) => byteLength > LIMIT);
    const cases: readonly Case[] = [
      ...large.map((call) => inCall(call, mebibytes(call.byteLength))),
      ...tooLarge(context).map((call) => ({ at: call, text: `call ${call.call} was refused unread: ${call.details}` })),
    ];
    if (cases.length > 0) {
      return fail({
        problem: `requests are larger than the ${mebibytes(LIMIT)} that the server takes`,
        cases,
        consequence: "The real server answers RESOURCE_EXHAUSTED, and never shows this cluster.",
        mend: "Compress each object, leave out managedFields and what the server does not read, and compress nothing twice.",
      });
    }
    const uploads = oracle.calls.filter(({ entriesHash }) => entriesHash !== undefined);
    const largest = uploads.reduce((most, call) => (most && most.byteLength >= call.byteLength ? most : call), uploads[0]);
    const [first] = oracle.accepted;
    if (!first || !largest) return notTestable("no request was accepted, and none was too large: KAS-LIFE-1 is about that");
    return pass(
      proofOf(context, noted(first, "the first snapshot"), noted(oracle.calls.at(-1) ?? first, "the last request")),
      `${count(uploads.length, "request")} with entries, the largest of ${mebibytes(largest.byteLength)} with ${count(largest.entries.length, "object")}`,
    );
  },
};

/** KAS-SCALE-2. Judged though nothing was accepted: that is too late, too. */
export const completeInTime: Check = {
  id: "KAS-SCALE-2",
  readsContent: true,
  withoutAccepted: "itself",
  run(context) {
    const { oracle, plan } = context;
    const { scale } = plan.budgets;
    const pods = oracle.lives.filter(({ resource }) => resource === "pods").length;
    if (pods < (plan.scale?.pods ?? Infinity)) {
      return notTestable(`the cluster had ${count(pods, "pod")}, and the profile wants ${plan.scale?.pods}`);
    }
    const [call] = oracle.accepted;
    const took = call && oracle.time.elapsed(oracle.startedAt.t, call.t);
    if (tooLarge(context).length > 0 && !call)
      return notTestable("no snapshot was taken, because of KAS-SCALE-1: it was too large");
    const consequence =
      "Until then the real server knows nothing of the cluster; of what a snapshot lacks it deletes what it had.";
    const mend = "List in pages side by side, compress each object once, and send when the last page of every kind is there.";
    const problem = `with ${count(pods, "pod")} the first snapshot was not complete within ${seconds(scale)}`;
    if (!call || took === undefined) {
      if (!hasPassed(oracle.time.after(oracle.startedAt.t, scale), oracle.observedUntil)) {
        return notTestable("no snapshot was accepted, and the agent was not observed for long enough");
      }
      return fail({ problem, cases: [{ at: oracle.observedUntil, text: "none was accepted" }], consequence, mend });
    }
    if (took > scale)
      return fail({ problem, cases: [inCall(call, `it came ${seconds(took)} after the start`)], consequence, mend });
    const upload = oracle.uploads.find((candidate) => candidate.call === call);
    if (!upload) return notTestable(`${callText(call)} holds no snapshot that can be read`);
    const { due, missing } = completenessOf(context, upload);
    const [first] = missing;
    if (first) {
      return fail({
        problem,
        cases: [inCall(call, `${lifeText(first)} is missing, and ${missing.length - 1} more of ${due}`)],
        consequence,
        mend,
      });
    }
    return pass(
      proofOf(context, noted(oracle.startedAt, "the agent started"), noted(call, "the first snapshot, complete")),
      `${count(pods, "pod")}: the first snapshot came ${seconds(took)} after the start with all of ${count(due, "object")}, in ${mebibytes(call.byteLength)}`,
    );
  },
};

function tooLarge({ scenario, target }: CheckContext) {
  const served = (path: string) => target.services.some((service) => path === `/${service}.Synchronizer/KubernetesAPISync`);
  return scenario.refusedCalls.filter(({ code, path }) => code === RESOURCE_EXHAUSTED && served(path));
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
