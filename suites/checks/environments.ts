import type { ObjectLife } from "../history/types.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { readOwner } from "./presence.ts";
import { throughout } from "./proof.ts";
import { type Case, fail, notTestable, pass } from "./verdict.ts";
import { count, inCall, itemText, lifeText, seconds } from "./words.ts";

const ROUTES = "routes.route.openshift.io";
const INGRESSES: readonly string[] = ["ingresses.networking.k8s.io", "ingresses.extensions"];

/** KAS-CFG-1. Told apart by uid, since Routes and Ingresses may go under one type name. */
export const routesForIngresses: Check = {
  id: "KAS-CFG-1",
  readsContent: true,
  run(context) {
    const { oracle } = context;
    const routes = livesOf(context, [ROUTES]);
    const ingresses = livesOf(context, INGRESSES);
    const cases = [...absences(context, [ROUTES]), ...uploadedIngresses(context)];
    if (cases.length > 0) {
      return fail({
        problem: "Routes are not uploaded in place of Ingresses",
        cases,
        consequence:
          "On OpenShift traffic comes in through Routes: without them it carries no ingress tags, and of two ingress flavours the real server reads one alone.",
        mend: "Take the resource list that the agent was handed: `ingresses` disabled, `routes` on. `env show openshift` prints it.",
      });
    }
    const uploaded = routes.filter((life) => oracle.wasUploaded(life));
    if (uploaded.length === 0) return notTestable("the cluster had no Route for long enough");
    if (ingresses.length === 0) return notTestable("the cluster had no Ingress that could have been left out");
    return pass(
      throughout(context, oracle.uploads.at(-1)?.call),
      `${count(uploaded.length, "Route")} uploaded, and none of ${count(ingresses.length, "Ingress")}, in ${count(oracle.uploads.length, "snapshot")}`,
    );
  },
};

const WORKLOADS: readonly string[] = ["clonesets.apps.kruise.io", "statefulsets.apps.kruise.io", "statefulsets.apps"];

/** KAS-CFG-2. A pod that is missing itself is KAS-SNAP-1's. */
export const kruiseWorkloadsUploaded: Check = {
  id: "KAS-CFG-2",
  readsContent: true,
  run(context) {
    const { oracle } = context;
    const owners = livesOf(context, WORKLOADS);
    const pods = ownedPods(context, owners);
    const cases = [...absences(context, WORKLOADS), ...pods.lost];
    if (cases.length > 0) {
      return fail({
        problem: "CloneSets and StatefulSets of both groups, or the owners of their pods, are missing",
        cases,
        consequence: "The real server drops a pod whose owner it does not know, so that all pods of the workload vanish.",
        mend: "Take the resource list that the agent was handed: `clonesets`, and `statefulsets` of `apps` and of `apps.kruise.io`, since an entry of a name replaces its default. `env show openkruise` prints it.",
      });
    }
    const unseen = WORKLOADS.find((kind) => !owners.some((life) => life.resource === kind && oracle.wasUploaded(life)));
    if (unseen !== undefined) return notTestable(`the cluster had none of ${unseen} for long enough`);
    if (pods.kept === 0) return notTestable("no pod of these workloads was in a snapshot");
    return pass(
      throughout(context, oracle.uploads.at(-1)?.call),
      `${count(owners.length, "workload")} uploaded, up to ${count(pods.kept, "pod")} with their owner, in ${count(oracle.uploads.length, "snapshot")}`,
    );
  },
};

function livesOf({ oracle }: CheckContext, resources: readonly string[]): readonly ObjectLife[] {
  return oracle.lives.filter(({ resource }) => resources.includes(resource));
}

/** What is missing from snapshots, be it there from the start or created later: one case a kind and time of birth. */
function absences(context: CheckContext, resources: readonly string[]): readonly Case[] {
  return resources.flatMap((resource) => {
    const lives = livesOf(context, [resource]);
    return [...missingCase(context, lives), ...lives.flatMap((life) => lateCase(context, life)).slice(0, 1)];
  });
}

/** The first snapshot that lacks any of these objects though they existed throughout its collection. */
function missingCase({ oracle }: CheckContext, lives: readonly ObjectLife[]): readonly Case[] {
  for (const upload of oracle.uploads) {
    const missing = lives.filter((life) => oracle.existedThroughout(life, upload) && !upload.snapshot.find(life));
    const [first] = missing;
    if (first) return [inCall(upload.call, `${lifeText(first)} is missing${andMore(missing)}`)];
  }
  return [];
}

function andMore(these: readonly unknown[]): string {
  return these.length > 1 ? `, and so are ${these.length - 1} more of its kind` : "";
}

/** An object that was created while the agent ran, and was in no snapshot in time. */
function lateCase({ oracle, plan }: CheckContext, life: ObjectLife): readonly Case[] {
  const [created] = life.forms;
  const [first] = oracle.accepted;
  if (!created || !first || created.seq < first.seq) return [];
  const by = oracle.time.after(created.t, plan.budgets.staleness);
  const goneBefore = life.deleted !== undefined && !hasPassed(by, life.deleted);
  const shown = oracle.uploads.find(({ call, snapshot }) => call.seq > created.seq && snapshot.find(life));
  if (goneBefore || (shown ? shown.call.t <= by : !hasPassed(by, oracle.observedUntil))) return [];
  const when = shown ? `came ${seconds(shown.call.t - created.t)} later` : "never came";
  return [{ at: created, text: `${lifeText(life)} was created at seq ${created.seq} and ${when}` }];
}

/** The first snapshot that holds Ingresses. */
function uploadedIngresses({ oracle }: CheckContext): readonly Case[] {
  for (const { call, snapshot } of oracle.distinctUploads) {
    const ingresses = snapshot.items.filter(({ life }) => life && INGRESSES.includes(life.resource));
    const [first] = ingresses;
    if (first) return [inCall(call, `${itemText(first)} is one of ${first.life?.resource}${andMore(ingresses)}`)];
  }
  return [];
}

/** The pods of these workloads in the snapshots: what became of their ownerReferences. */
function ownedPods(
  { oracle }: CheckContext,
  owners: readonly ObjectLife[],
): { readonly lost: readonly Case[]; readonly kept: number } {
  const pods = new Set(owners.flatMap(({ uid }) => oracle.ownedBy(uid)).filter(({ resource }) => resource === "pods"));
  const lost: Case[] = [];
  let kept = 0;
  for (const { call, snapshot } of oracle.distinctUploads) {
    const readings = snapshot.items.flatMap((item) => {
      const owner = item.life && pods.has(item.life) ? readOwner(item, item.life) : undefined;
      return owner ? [owner] : [];
    });
    for (const owner of readings) if ("lost" in owner) lost.push(inCall(call, owner.lost));
    kept = Math.max(kept, readings.filter((owner) => !("lost" in owner)).length);
  }
  return { lost, kept };
}
