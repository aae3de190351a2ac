import type { ObjectLife } from "../history/types.ts";
import type { Upload } from "../oracle/index.ts";
import { failedRequests, isFailureInReach, faultText, requestText, surroundings } from "./api-faults.ts";
import type { Check, CheckContext } from "./check.ts";
import { hiddenByEnd } from "./faults.ts";
import { mayLack } from "./omission.ts";
import { isAbandoned } from "./paging.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { count, inCall, lifeText } from "./words.ts";

const EXAMPLES = 3;

/** KAS-SNAP-8: what was uploaded before the trouble, still exists and is missing since. */
export const troubleIsNoDeletion: Check = {
  id: "KAS-SNAP-8",
  readsContent: true,
  readsDelivery: true,
  run(context) {
    const { oracle, scenario } = context;
    const [accepted] = oracle.accepted;
    const failures = failedRequests(scenario).filter(({ seq, resource }) => {
      return accepted !== undefined && seq > accepted.seq && oracle.uploadedResources.has(resource);
    });
    const [first] = failures;
    if (!first && !isFailureInReach(scenario)) {
      return notApplicable(
        "no trouble of this story reaches an agent that never watches (KAS-WATCH-1), or asks for whole lists (KAS-WATCH-6)",
      );
    }
    if (!first) {
      const why = "no list or watch of what the agent uploads failed after its first snapshot";
      return hiddenByEnd(context) ?? notTestable(why);
    }
    const after = oracle.uploads.filter(({ call }) => call.seq > first.seq);
    const cases = after.flatMap((upload): readonly Case[] => {
      const troubled = failures.filter(({ seq }) => seq < upload.call.seq);
      return [...new Set(troubled.map(({ resource }) => resource))].flatMap((resource): readonly Case[] => {
        const missing = missingFrom(context, resource, upload);
        const failure = troubled.findLast((candidate) => candidate.resource === resource);
        if (missing.length === 0 || !failure) return [];
        const { request, fault } = failure;
        const examples = missing.slice(0, EXAMPLES).map(lifeText).join(", ");
        const text = `${count(missing.length, "object")} of ${resource} that were uploaded before and still exist are missing, such as ${examples}; ${requestText(request)} had failed by ${faultText(fault)}`;
        return [inCall(upload.call, text)];
      });
    });
    if (cases.length > 0) {
      return fail({
        problem: "trouble at the API server shows as deletions",
        cases,
        consequence: "The real server deletes what a snapshot lacks, and every pod of a deleted owner with it.",
        mend: "Keep what was listed last until a new list was read to its last page, whatever the answer in between.",
      });
    }
    const [next] = after;
    if (!next) {
      const why = "no snapshot came after a list or watch failed, so that nothing shows what became of the objects";
      return hiddenByEnd(context) ?? notTestable(why);
    }
    return pass(
      proofOf(
        context,
        noted(first, `${requestText(first.request)} failed by ${faultText(first.fault)}`),
        noted(next.call, "a snapshot after it"),
      ),
      `${count(failures.length, "request")} failed, and ${count(after.length, "snapshot")} since then lack nothing that exists`,
    );
  },
};

/** Objects of a resource that an earlier snapshot had, that exist when this one comes, and that it lacks. */
function missingFrom({ oracle }: CheckContext, resource: string, upload: Upload): readonly ObjectLife[] {
  const { call, snapshot } = upload;
  return oracle.lives.filter((life) => {
    if (life.resource !== resource || (life.deleted && life.deleted.seq < call.seq)) return false;
    if (snapshot.find(life) || mayLack(oracle, life, upload)) return false;
    return oracle.uploads.some((before) => before.call.seq < call.seq && before.snapshot.find(life));
  });
}

/** KAS-SNAP-6. A list that the agent gave up after some pages is KAS-WATCH-5's. */
export const snapshotsAreWhole: Check = {
  id: "KAS-SNAP-6",
  readsContent: true,
  readsDelivery: true,
  run(context) {
    const { oracle, scenario } = context;
    const cases = oracle.distinctUploads.flatMap((upload): readonly Case[] =>
      [...oracle.uploadedResources].flatMap((resource): readonly Case[] => {
        const text = lackText(context, resource, upload);
        return text === undefined ? [] : [inCall(upload.call, text)];
      }),
    );
    if (cases.length > 0) {
      return fail({
        problem: "a request with entries lacks kinds that the agent uploads and the cluster has",
        cases,
        consequence: "A snapshot is the whole state to the real server: it deletes every object of the kinds that are not there.",
        mend: "Send no entries before every kind has been listed to its last page, and always all kinds in one request.",
      });
    }
    const [first] = oracle.uploads;
    const lists = scenario.faults.flatMap((fault) =>
      fault.hits.flatMap((hit) => {
        const request = scenario.api.requests.find(({ req }) => req === hit.req);
        const held = request && first && hit.seq < first.call.seq && oracle.uploadedResources.has(request.resource ?? "");
        return held ? [{ hit, fault }] : [];
      }),
    );
    const [held] = lists;
    if (!first || !held) return hiddenByEnd(context) ?? notTestable("no list was held up before the first snapshot");
    return pass(
      proofOf(
        context,
        noted(held.hit, `a list was held up by ${faultText(held.fault)}`),
        noted(first.call, "the first snapshot, with all kinds"),
      ),
      `${count(lists.length, "list")} held up before the first snapshot, which had all of ${count(oracle.uploadedResources.size, "kind")}`,
    );
  },
};

/** What a snapshot lacks of a kind as a whole. */
function lackText(context: CheckContext, resource: string, upload: Upload): string | undefined {
  const { oracle, scenario } = context;
  const { call, snapshot } = upload;
  const complete = oracle.completeLists(resource).find(({ end }) => end.seq < call.seq);
  if (complete === undefined) {
    if (isAbandoned(scenario, resource, call.seq)) return undefined;
    const missing = oracle.lives.filter((life) => {
      const there = (life.forms[0]?.seq ?? Infinity) < oracle.startedAt.seq && (life.deleted?.seq ?? Infinity) > call.seq;
      return life.resource === resource && there && !snapshot.find(life) && !mayLack(oracle, life, upload);
    });
    if (missing.length === 0) return undefined;
    const around = surroundings(context, resource, oracle.startedAt, call);
    return `${resource} had not been listed to its end, and ${count(missing.length, "object")} of it are missing, such as ${missing.slice(0, EXAMPLES).map(lifeText).join(", ")}${around}`;
  }
  if (snapshot.items.some((item) => item.resource === resource)) return undefined;
  const existing = oracle.lives.filter(
    (life) => life.resource === resource && oracle.existedThroughout(life, upload) && !mayLack(oracle, life, upload),
  );
  if (existing.length === 0) return undefined;
  return `nothing of ${resource} is there, and ${count(existing.length, "object")} of it exist, such as ${existing.slice(0, EXAMPLES).map(lifeText).join(", ")}${surroundings(context, resource, complete.end, call)}`;
}
