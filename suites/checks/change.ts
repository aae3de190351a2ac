import { differingFields, mayBeOmitted } from "../../server-mock/contract/index.ts";
import type { ObjectLife } from "../history/types.ts";
import type { Commit, Upload } from "../oracle/index.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notTestable, pass } from "./verdict.ts";
import { callText, count, lifeText, seconds } from "./words.ts";

/** Kinds whose new objects must show; of other kinds an agent may choose which to send. */
const REQUIRED: readonly string[] = [
  "nodes",
  "namespaces",
  "pods",
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicationcontrollers",
  "replicasets.apps",
];

/** A change that must show, and the fields in which it does; none for a creation. */
interface Due {
  readonly commit: Commit;
  readonly fields: readonly string[];
  readonly by: number;
}

/** Changes since the first snapshot that nothing overtook before their budget was over. */
function changesDue({ oracle, plan }: CheckContext): readonly Due[] {
  const [first] = oracle.accepted;
  if (!first) return [];
  return oracle.relevantCommits.flatMap((commit): readonly Due[] => {
    const { life, form, change } = commit;
    const by = oracle.time.after(commit.t, plan.budgets.staleness);
    if (commit.seq < first.seq || change === "deleted" || (life.deleted && life.deleted.t <= by)) return [];
    const object = life.forms[form]?.object;
    if (change === "created") {
      const wanted = REQUIRED.includes(life.resource) && object !== undefined && !mayBeOmitted(life.resource, object);
      return wanted ? [{ commit, fields: [], by }] : [];
    }
    const [before, after] = [oracle.viewOfForm(life, form - 1), oracle.viewOfForm(life, form)];
    const fields = before === undefined || after === undefined ? [] : differingFields(before, after);
    const omitted = object !== undefined && mayBeOmitted(life.resource, object);
    return fields.length > 0 && !omitted && oracle.wasUploaded(life) ? [{ commit, fields, by }] : [];
  });
}

/** Whether a snapshot shows a change: the object in this form or a later one, in the fields that changed. */
function shows(
  { oracle }: CheckContext,
  { commit, fields }: Pick<Due, "commit" | "fields">,
  { call, snapshot }: Upload,
): boolean {
  const item = snapshot.find(commit.life);
  if (!item || call.seq < commit.seq) return false;
  if (fields.length === 0) return true;
  const sent = oracle.viewOfItem(item, commit.life.resource);
  return commit.life.forms.some((form, index) => {
    if (index < commit.form || form.seq > call.seq) return false;
    const view = oracle.viewOfForm(commit.life, index);
    if (view === undefined) return false;
    const differing = differingFields(view, sent);
    return fields.every((field) => !differing.includes(field));
  });
}

/** The first upload that shows a change, with the change's fields worked out. */
export function firstShowing(context: CheckContext, commit: Commit): Upload | undefined {
  const due = changesDue(context).find((candidate) => candidate.commit === commit);
  return due && context.oracle.uploads.find((upload) => shows(context, due, upload));
}

/** KAS-SNAP-5. An object that never was in any snapshot is KAS-SNAP-1's, KAS-SNAP-2's and, if new, this one's. */
export const changesShow: Check = {
  id: "KAS-SNAP-5",
  readsContent: true,
  run(context) {
    const { oracle, plan } = context;
    const cases: Case[] = [];
    const shown: { readonly due: Due; readonly upload: Upload }[] = [];
    for (const due of changesDue(context)) {
      const upload = oracle.uploads.find((candidate) => shows(context, due, candidate));
      if (upload && upload.call.t <= due.by) shown.push({ due, upload });
      else if (hasPassed(due.by, oracle.observedUntil)) cases.push(lateCase(due, upload, oracle.uploads));
    }
    if (cases.length > 0) {
      return fail({
        problem: `changes did not show within ${seconds(plan.budgets.staleness)}`,
        cases,
        consequence: "The real server shows the old state until a snapshot under a new version brings the new one.",
        mend: "Watch every kind that you upload, take ADDED and MODIFIED events into the state, and send it under a new version with the next request.",
      });
    }
    const slowest = shown.reduce((most, { due, upload }) => Math.max(most, upload.call.t - due.commit.t), 0);
    const [example] = shown;
    if (!example) return notTestable("nothing that the agent uploads was created or changed after its first snapshot");
    return pass(
      proofOf(
        context,
        noted(example.due.commit, `${lifeText(example.due.commit.life)} was ${example.due.commit.change}`),
        noted(example.upload.call, "the first snapshot that shows it"),
      ),
      `${count(shown.length, "change")} shown, the slowest after ${seconds(slowest)}`,
    );
  },
};

function lateCase({ commit, fields }: Due, shown: Upload | undefined, uploads: readonly Upload[]): Case {
  const what = `${lifeText(commit.life)} was ${commit.change} at seq ${commit.seq}${fields.length > 0 ? ` (${fields.join(", ")})` : ""}`;
  const last = uploads.findLast(({ call }) => call.seq > commit.seq);
  const instead = last
    ? last.snapshot.find(commit.life)
      ? `${callText(last.call)} still has the old form`
      : `${callText(last.call)} lacks it`
    : "no snapshot followed";
  return {
    at: commit,
    text: shown ? `${what} and showed after ${seconds(shown.call.t - commit.t)}` : `${what} and never showed; ${instead}`,
  };
}

/** A deletion of something that the agent had uploaded, with what followed. */
interface Gone {
  readonly commit: Commit;
  readonly by: number;
  readonly clean?: Upload;
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
    const after = oracle.uploads.filter(({ call }) => call.seq > commit.seq);
    const clean = after.find((upload) => !contains(upload, commit.life));
    const stale = after.filter((upload) => upload.call.t > by && contains(upload, commit.life));
    return [{ commit, by, stale, ...(clean === undefined ? {} : { clean }) }];
  });
}

function judgeDeletions(
  context: CheckContext,
  gone: readonly Gone[],
  words: { readonly problem: string; readonly what: (life: ObjectLife) => string; readonly mend: string; readonly none: string },
) {
  const { oracle, plan } = context;
  const cases = gone.flatMap(({ commit, by, clean, stale }): readonly Case[] => {
    const [first] = stale;
    if (first)
      return [
        {
          at: first.call,
          text: `${callText(first.call)}: ${words.what(commit.life)}, ${seconds(first.call.t - commit.t)} after the deletion (seq ${commit.seq})`,
        },
      ];
    if ((clean && clean.call.t <= by) || !hasPassed(by, oracle.observedUntil)) return [];
    return [
      {
        at: commit,
        text: `${lifeText(commit.life)} was deleted at seq ${commit.seq}, and ${clean ? `the first snapshot without it came after ${seconds(clean.call.t - commit.t)}` : "no snapshot without it came"}`,
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
  const done = gone.filter(({ clean, by }) => clean && clean.call.t <= by);
  const [example] = done;
  if (!example?.clean) return notTestable(words.none);
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
