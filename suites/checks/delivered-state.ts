import { differingFields, mayBeOmitted } from "../../server-mock/contract/index.ts";
import type { Moment, ObjectLife } from "../history/types.ts";
import type { Delivered, Oracle, Told, Upload } from "../oracle/index.ts";
import { surroundings } from "./api-faults.ts";
import type { Check, CheckContext } from "./check.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notTestable, pass } from "./verdict.ts";
import { count, inCall, lifeText } from "./words.ts";

/** One object of a kind in a snapshot: there in any of some versions, there in a form that cannot be told, or not there. */
type Sent = { readonly versions: ReadonlySet<string> } | "some-form" | "absent";

/** What an object is in a snapshot, as the versions that it can stand for: fields that the agent always leaves out do not count. */
function sentAs(oracle: Oracle, life: ObjectLife, { snapshot }: Upload): Sent {
  const item = snapshot.byUid.get(life.uid)?.[0];
  if (item === undefined) return "absent";
  const [first, second] = life.forms;
  if (first && !second) return { versions: new Set([first.resourceVersion]) };
  const views = life.forms.map((_form, index) => oracle.viewOfForm(life, index));
  const changing = new Set(
    views.flatMap((view) => (view === undefined || views[0] === undefined ? [] : differingFields(views[0], view))),
  );
  const sent = oracle.viewOfItem(item, life.resource);
  const fitting = life.forms.filter((_form, index) => {
    const view = views[index];
    return view === undefined || !differingFields(view, sent).some((field) => changing.has(field));
  });
  return fitting.length === 0 ? "some-form" : { versions: new Set(fitting.map(({ resourceVersion }) => resourceVersion)) };
}

function agrees(sent: Sent, told: Told | undefined, life: ObjectLife): boolean {
  if (told?.version === undefined) return sent === "absent";
  const form = life.forms.find(({ resourceVersion }) => resourceVersion === told.version);
  if (sent === "absent") return form?.object !== undefined && mayBeOmitted(life.resource, form.object);
  return sent === "some-form" || !form || sent.versions.has(told.version);
}

/** The object's state as of a moment. */
function toldAt(told: readonly Told[], moment: Moment): Told | undefined {
  return told.findLast(({ seq }) => seq <= moment.seq);
}

/** The states in which a kind was to the agent at some time of a collection. */
function statesWithin({ states }: Delivered, from: number, until: Moment): readonly Moment[] {
  const known = states.filter(({ seq }) => seq < until.seq);
  return known.filter((_state, index) => (known[index + 1]?.t ?? Infinity) >= from);
}

interface Look {
  readonly states: readonly Moment[];
  readonly objects: number;
  readonly wrong?: string;
}

/** One life of the agent: when it began, and what its snapshots have held so far, so that it has read it. */
interface Life {
  readonly began: Moment;
  readonly shown: Set<string>;
}

function compare(context: CheckContext, delivered: Delivered, upload: Upload, { began, shown }: Life): Look {
  const { oracle, plan, scenario } = context;
  const states = statesWithin(delivered, oracle.collectionStart(delivered.resource, upload.call), upload.call);
  const sent = upload.snapshot.items.filter((item) => item.life?.resource === delivered.resource);
  // What the agent has not read yet is KAS-SNAP-6's.
  const listed = delivered.states.find(({ seq }) => seq > began.seq)?.t ?? Infinity;
  const justListed = listed > oracle.time.before(upload.call.t, plan.budgets.staleness);
  if (sent.length === 0 && justListed && !shown.has(delivered.resource)) return { states: [], objects: 0 };
  const uids = new Set([...delivered.told.keys(), ...sent.flatMap(({ uid }) => uid ?? [])]);
  const objects = [...uids].flatMap((uid) => {
    const told = delivered.told.get(uid) ?? [];
    const life = scenario.api.objects.get(uid);
    // What an agent leaves out for good, and what others blame it for.
    if (!life || !oracle.wasUploaded(life)) return [];
    return [{ life, told, sent: sentAs(oracle, life, upload) }];
  });
  const differences = (state: Moment) => objects.filter(({ life, told, sent }) => !agrees(sent, toldAt(told, state), life));
  let closest: { readonly state: Moment; readonly wrong: readonly (typeof objects)[number][] } | undefined;
  for (const state of states) {
    const wrong = differences(state);
    if (wrong.length === 0) return { states, objects: objects.length };
    if (closest === undefined || wrong.length <= closest.wrong.length) closest = { state, wrong };
  }
  if (closest === undefined) return { states, objects: objects.length };
  const { state, wrong } = closest;
  const examples = wrong.slice(0, 3).map(({ life, told, sent }) => differenceText(life, toldAt(told, state), sent));
  const around = surroundings(context, delivered.resource, { ...state, seq: states[0]?.seq ?? 0 }, upload.call);
  return {
    states,
    objects: objects.length,
    wrong: `${delivered.resource} is no state that was delivered during its collection, of which there ${states.length === 1 ? "was" : "were"} ${states.length}; from the closest (seq ${state.seq}) it differs in ${count(wrong.length, "object")}: ${examples.join(", ")}${around}`,
  };
}

function differenceText(life: ObjectLife, told: Told | undefined, sent: Sent): string {
  const actual = sent === "absent" ? "is missing" : "is there in another form";
  if (told === undefined) return `${lifeText(life)} is there, and was not delivered as a part of any state`;
  if (told.version === undefined) return `${lifeText(life)} is there, gone by API request ${told.req} (seq ${told.seq})`;
  return `${lifeText(life)} ${actual}, delivered in version ${told.version} by API request ${told.req} (seq ${told.seq})`;
}

/** KAS-SNAP-10. A kind that was never delivered to its end has no state; KAS-SNAP-6 and KAS-WATCH-5 are about that. */
export const kindsAreStates: Check = {
  id: "KAS-SNAP-10",
  readsContent: true,
  readsDelivery: true,
  run(context) {
    const { oracle, scenario } = context;
    const cases: Case[] = [];
    let looked: { readonly upload: Upload; readonly state: Moment } | undefined;
    let most = 0;
    const seen = new Set<string>();
    let life: Life = { began: oracle.startedAt, shown: new Set() };
    for (const upload of oracle.uploads) {
      const began = scenario.agent.lives.findLast(({ since }) => since.seq < upload.call.seq)?.since ?? oracle.startedAt;
      if (began.seq !== life.began.seq) life = { began, shown: new Set() };
      for (const resource of oracle.uploadedResources) {
        const delivered = oracle.delivered.get(resource);
        if (delivered === undefined) continue;
        const look = compare(context, delivered, upload, life);
        const [state] = look.states;
        if (state && look.objects > 0) {
          looked = { upload, state };
          most = Math.max(most, look.objects);
        }
        // The same entries again are the same fault.
        const key = `${resource} ${upload.call.entriesHash}`;
        if (look.wrong === undefined || seen.has(key)) continue;
        cases.push(inCall(upload.call, look.wrong));
        seen.add(key);
      }
      for (const item of upload.snapshot.items) if (item.life) life.shown.add(item.life.resource);
    }
    if (cases.length > 0) {
      return fail({
        problem: "a kind in a snapshot is no state that was delivered to the agent",
        cases,
        consequence: "The real server takes it for the whole truth: it makes and deletes objects that never came and went so.",
        mend: "Replace a kind's state as a whole when a list was read to its last page, and take a snapshot between two events, not amid them.",
      });
    }
    if (!looked) return notTestable("no kind was delivered and uploaded");
    return pass(
      proofOf(
        context,
        noted(looked.state, "a state that was delivered"),
        noted(looked.upload.call, "the last snapshot, each of whose kinds is such a state"),
      ),
      `${count(oracle.uploads.length, "snapshot")}, each kind a state that was delivered, of up to ${count(most, "object")}`,
    );
  },
};
