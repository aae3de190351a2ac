import type { ObjectLife } from "../history/types.ts";
import type { Commit, Upload } from "../oracle/index.ts";
import { SEEN_LATE } from "./change.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notTestable, pass } from "./verdict.ts";
import { heardText } from "./told.ts";
import { callText, count, lifeText, seconds } from "./words.ts";

/** A deletion of something that the agent had uploaded, with what followed. */
interface Gone {
  readonly commit: Commit;
  readonly by: number;
  /** The first upload without it. */
  readonly clean?: Upload;
  /** Whether the last upload by the deadline was without it. */
  readonly settled: boolean;
  readonly stale: readonly Upload[];
}

function deletions(
  { oracle, plan }: CheckContext,
  contains: (upload: Upload, life: ObjectLife) => boolean,
  only: (commit: Commit) => boolean,
): readonly Gone[] {
  return oracle.commits.flatMap((commit): readonly Gone[] => {
    if (commit.change !== "deleted" || !only(commit)) return [];
    const before = oracle.uploads.some((upload) => upload.call.seq < commit.seq && contains(upload, commit.life));
    if (!before) return [];
    const by = oracle.time.after(commit.t, plan.budgets.staleness);
    const after = oracle.uploads.filter(({ call }) => oracle.mayHaveKnown(commit, call));
    const clean = after.find((upload) => !contains(upload, commit.life));
    const last = after.findLast(({ call }) => call.t <= by);
    const settled = last !== undefined && !contains(last, commit.life);
    const stale = after.filter((upload) => upload.call.t > by && contains(upload, commit.life));
    return [{ commit, by, settled, stale, ...(clean === undefined ? {} : { clean }) }];
  });
}

function judgeDeletions(
  context: CheckContext,
  gone: readonly Gone[],
  words: { readonly problem: string; readonly what: (life: ObjectLife) => string; readonly mend: string; readonly none: string },
) {
  const { oracle, plan } = context;
  const cases = gone.flatMap(({ commit, by, clean, settled, stale }): readonly Case[] => {
    const [first] = stale;
    if (first)
      return [
        {
          at: first.call,
          text: `${callText(first.call)}: ${words.what(commit.life)}, ${seconds(first.call.t - commit.t)} after the deletion (seq ${commit.seq})${heardText(context, commit.life, commit)}`,
        },
      ];
    if (settled || !hasPassed(by, oracle.observedUntil)) return [];
    return [
      {
        at: commit,
        text: `${lifeText(commit.life)} was deleted at seq ${commit.seq}, and ${clean && clean.call.t <= by ? "the last snapshot by its deadline holds it again" : clean ? `the first snapshot without it came after ${seconds(clean.call.t - commit.t)}` : "no snapshot without it came"}${heardText(context, commit.life, commit)}`,
      },
    ];
  });
  if (cases.length > 0) {
    return fail({
      problem: `${words.problem} after ${seconds(plan.budgets.staleness)}`,
      cases,
      consequence: "The real server keeps what the last snapshot holds: to it the object still exists.",
      mend: words.mend,
    });
  }
  const done = gone.filter(({ clean, settled }) => clean && settled);
  if (done.length === 0) return notTestable(words.none);
  const example = done.find(({ commit, clean }) => clean && clean.call.seq > commit.seq);
  if (!example?.clean) return notTestable(SEEN_LATE);
  return pass(
    proofOf(
      context,
      noted(example.commit, `${lifeText(example.commit.life)} was deleted`),
      noted(example.clean.call, "the first snapshot without it"),
    ),
    `${count(done.length, "deletion")} shown, each within ${seconds(plan.budgets.staleness)}`,
  );
}

/** KAS-SNAP-3. */
export const deletedGo: Check = {
  id: "KAS-SNAP-3",
  readsContent: true,
  run: (context) =>
    judgeDeletions(
      context,
      deletions(
        context,
        ({ snapshot }, life) => snapshot.byUid.has(life.uid),
        () => true,
      ),
      {
        problem: "deleted objects are still in the snapshots",
        what: (life) => `still holds ${lifeText(life)}`,
        mend: "Take DELETED events out of the state, replace it with each fresh list, and send it under a new version.",
        none: "nothing that the agent had uploaded was deleted and awaited",
      },
    ),
};

/** KAS-SNAP-7. */
export const kindsBecomeEmpty: Check = {
  id: "KAS-SNAP-7",
  readsContent: true,
  run(context) {
    const { oracle } = context;
    const isLast = ({ seq, life }: Commit) =>
      oracle.lives.every(
        (other) =>
          other.resource !== life.resource || (other.forms[0]?.seq ?? 0) > seq || (other.deleted?.seq ?? Infinity) <= seq,
      );
    // An object that was made after the kind was empty is no remnant.
    const holdsKind = ({ snapshot }: Upload, { resource, deleted }: ObjectLife) =>
      snapshot.items.some(({ resource: own, life }) => {
        const remnant = life === undefined || (life.deleted?.seq ?? Infinity) <= (deleted?.seq ?? 0);
        return own === resource && remnant;
      });
    return judgeDeletions(context, deletions(context, holdsKind, isLast), {
      problem: "a kind whose last object was deleted is not empty",
      what: (life) => `still holds an object of ${life.resource}`,
      mend: "Let an empty list empty the kind, and send the state without it under a new version.",
      none: "no kind that the agent uploads became empty; where it uploads none of the kind, KAS-SNAP-2 says so",
    });
  },
};
