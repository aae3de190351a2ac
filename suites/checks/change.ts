import { differingFields, mayBeOmitted } from "../../server-mock/contract/index.ts";
import type { Commit, Upload } from "../oracle/index.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { overtakenAt } from "./omission.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notTestable, pass } from "./verdict.ts";
import { heardText } from "./told.ts";
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

/** Fields that other requirements are about: KAS-OBJ-2 and KAS-SNAP-4, KAS-OBJ-5, KAS-OBJ-11. */
const OTHERS_FIELD = /^metadata\.(uid|name|namespace|ownerReferences)|^status\.addresses/;

/** A change that must show, and the fields in which it does. */
interface Due {
  readonly commit: Commit;
  readonly fields: readonly string[];
  readonly by: number;
}

/** Changes since the first snapshot that nothing overtook before their budget was over. */
function changesDue(context: CheckContext): readonly Due[] {
  const { oracle, plan } = context;
  const [first] = oracle.accepted;
  if (!first) return [];
  return oracle.relevantCommits.flatMap((commit): readonly Due[] => {
    const by = oracle.time.after(commit.t, plan.budgets.staleness);
    if (commit.seq < first.seq || overtakenAt(commit.life, commit.form) <= by) return [];
    const due = mustShow(context, commit);
    return due ? [{ ...due, by }] : [];
  });
}

/** A change that must show at some time, and the fields in which it does; undefined for one that need not. */
function mustShow({ oracle }: CheckContext, commit: Commit): Pick<Due, "commit" | "fields"> | undefined {
  const { life, form, change } = commit;
  const object = life.forms[form]?.object;
  if (change === "deleted" || object === undefined || mayBeOmitted(life.resource, object)) return undefined;
  if (change === "created") {
    return REQUIRED.includes(life.resource) ? { commit, fields: fieldsOf(oracle.viewOfForm(life, form)) } : undefined;
  }
  const [before, after] = [oracle.viewOfForm(life, form - 1), oracle.viewOfForm(life, form)];
  const fields = before === undefined || after === undefined ? [] : differingFields(before, after);
  return fields.length > 0 && oracle.wasUploaded(life) ? { commit, fields } : undefined;
}

/** What was there before the agent started, where it uploads it: it must show as the API server has it. */
function filledDue({ oracle, plan }: CheckContext): readonly Due[] {
  const { startedAt } = oracle;
  const [first] = oracle.accepted;
  if (!first) return [];
  const by = oracle.time.after(first.t, plan.budgets.staleness);
  return oracle.lives.flatMap((life): readonly Due[] => {
    const form = life.forms.findLastIndex(({ seq }) => seq < startedAt.seq);
    const object = life.forms[form]?.object;
    if (object === undefined || overtakenAt(life, form) <= by) return [];
    if (mayBeOmitted(life.resource, object) || !oracle.wasUploaded(life)) return [];
    const commit: Commit = { seq: startedAt.seq, t: startedAt.t, change: "created", life, form };
    return [{ commit, fields: fieldsOf(oracle.viewOfForm(life, form)), by }];
  });
}

function fieldsOf(view: string | undefined): readonly string[] {
  return view === undefined ? [] : Object.keys(JSON.parse(view) as object).filter((name) => !OTHERS_FIELD.test(name));
}

/** Whether a snapshot shows a change: the object in this form or a later one, in the fields that changed. */
function shows(
  { oracle }: CheckContext,
  { commit, fields }: Pick<Due, "commit" | "fields">,
  { call, snapshot }: Upload,
): boolean {
  const item = snapshot.find(commit.life);
  if (!item || !oracle.mayHaveKnown(commit, call)) return false;
  if (fields.length === 0) return true;
  const sent = oracle.viewOfItem(item, commit.life.resource);
  return commit.life.forms.some((form, index) => {
    if (index < commit.form || !oracle.mayHaveKnown(form, call)) return false;
    const view = oracle.viewOfForm(commit.life, index);
    if (view === undefined) return false;
    const differing = differingFields(view, sent);
    return fields.every((field) => !differing.includes(field));
  });
}

/** How a snapshot shows a change by a time, or that something was deleted; undefined for a change that need not show by then. */
export function showingOf(context: CheckContext, commit: Commit, by: number): ((upload: Upload) => boolean) | undefined {
  const { life, form, change } = commit;
  if (change === "deleted") {
    const before = context.oracle.uploads.some(({ call, snapshot }) => call.seq < commit.seq && snapshot.byUid.has(life.uid));
    return before ? ({ call, snapshot }) => call.seq > commit.seq && !snapshot.byUid.has(life.uid) : undefined;
  }
  const must = overtakenAt(life, form) <= by ? undefined : mustShow(context, commit);
  return must && ((upload) => upload.call.seq > commit.seq && shows(context, must, upload));
}

/** The first upload that shows a change, with the change's fields worked out. */
export function firstShowing(context: CheckContext, commit: Commit): Upload | undefined {
  const due = changesDue(context).find((candidate) => candidate.commit === commit);
  return due && context.oracle.uploads.find((upload) => shows(context, due, upload));
}

/** Past the proxy, the harness may hear of a change after the agent has sent it: nothing is proved by that. */
export const SEEN_LATE = "the harness itself saw each change only after a snapshot had shown it";

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
      const inTime = upload && upload.call.t <= due.by;
      const lost = inTime ? shownNoLonger(context, due) : undefined;
      if (lost) cases.push(lostCase(due, lost));
      else if (inTime) shown.push({ due, upload });
      else if (hasPassed(due.by, oracle.observedUntil)) cases.push(lateCase(context, due, upload));
    }
    for (const due of filledDue(context)) {
      const upload = oracle.distinctUploads.find((candidate) => shows(context, due, candidate));
      if (upload ? upload.call.t > due.by : hasPassed(due.by, oracle.observedUntil)) cases.push(otherCase(context, due, upload));
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
    if (shown.length === 0) return notTestable("nothing that the agent uploads was created or changed after its first snapshot");
    const example = shown.find(({ due, upload }) => upload.call.seq > due.commit.seq);
    if (!example) return notTestable(SEEN_LATE);
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

/** The upload that takes back what was shown: the last one by the deadline, or any after it. */
function shownNoLonger(context: CheckContext, due: Due): Upload | undefined {
  const { oracle } = context;
  const { life } = due.commit;
  const alive = oracle.uploads.filter(({ call }) => call.seq > due.commit.seq && call.seq < (life.deleted?.seq ?? Infinity));
  const judged = [...alive.filter(({ call }) => call.t <= due.by).slice(-1), ...alive.filter(({ call }) => call.t > due.by)];
  return judged.find((upload) => upload.snapshot.find(life) !== undefined && !shows(context, due, upload));
}

function lostCase({ commit, fields }: Due, { call }: Upload): Case {
  const what = `${lifeText(commit.life)}, which was ${commit.change} at seq ${commit.seq} and had shown`;
  return { at: call, text: `${callText(call)} has an older form of ${what} (${fields.join(", ")})` };
}

/** Something that was there from the start and shows otherwise, or as it is too late. */
function otherCase({ oracle }: CheckContext, { commit, fields }: Due, shown: Upload | undefined): Case {
  const { life, form } = commit;
  const upload = oracle.uploads.find(({ snapshot }) => snapshot.find(life));
  const item = upload?.snapshot.find(life);
  const view = oracle.viewOfForm(life, form);
  const differing = item && view !== undefined ? differingFields(view, oracle.viewOfItem(item, life.resource)) : [];
  const which = differing.filter((name) => fields.includes(name)).join(", ");
  const when = shown
    ? `showed as the API server has it only in ${callText(shown.call)}`
    : "never showed as the API server has it";
  return {
    at: upload?.call ?? commit,
    text: `${lifeText(life)}, which was there from the start, ${when}${which === "" ? "" : ` (${which})`}`,
  };
}

function lateCase(context: CheckContext, { commit, fields }: Due, shown: Upload | undefined): Case {
  const what = `${lifeText(commit.life)} was ${commit.change} at seq ${commit.seq}${fields.length > 0 ? ` (${fields.join(", ")})` : ""}${heardText(context, commit.life, commit)},`;
  const last = context.oracle.uploads.findLast(({ call }) => call.seq > commit.seq);
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
