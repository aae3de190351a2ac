import { supportsOwner } from "../../server-mock/contract/index.ts";
import type { ObjectLife } from "../history/types.ts";
import { listAt, type Oracle, type SnapshotItem, textAt, type Upload } from "../oracle/index.ts";
import type { Check, CheckContext } from "./check.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, type Failure, notTestable, pass, type ScenarioVerdict } from "./verdict.ts";
import { givenText } from "./told.ts";
import { count, inCall, lifeText } from "./words.ts";

const ALWAYS: readonly string[] = ["nodes", "namespaces", "pods"];
const WITH_PODS: readonly string[] = [
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicationcontrollers",
  "replicasets.apps",
];

/** Every upload against every object that it must hold. */
function holdsAll(
  context: CheckContext,
  candidates: readonly ObjectLife[],
  required: (life: ObjectLife, upload: Upload) => boolean,
  failure: Omit<Failure, "cases">,
): ScenarioVerdict {
  const { oracle } = context;
  const cases: Case[] = [];
  let last: Upload | undefined;
  let most = 0;
  for (const upload of oracle.uploads) {
    const due = candidates.filter((life) => oracle.existedThroughout(life, upload) && required(life, upload));
    if (due.length > 0) last = upload;
    most = Math.max(most, due.length);
    for (const life of due) {
      if (upload.snapshot.find(life)) continue;
      const given = givenText(context, life, upload.call);
      cases.push(inCall(upload.call, `${lifeText(life)} is missing, existing since seq ${life.forms[0]?.seq}${given}`));
    }
  }
  if (cases.length > 0) return fail({ ...failure, cases });
  const [first] = oracle.uploads;
  if (!last || !first) return notTestable("the cluster had no such object throughout the collection of any snapshot");
  return pass(
    proofOf(
      context,
      noted(first.call, "the first snapshot"),
      noted(last.call, "the last snapshot, with all that existed throughout its collection"),
    ),
    `${count(oracle.uploads.length, "snapshot")}, none without one of up to ${count(most, "object")} that existed throughout`,
  );
}

/** KAS-SNAP-1. */
export const holdsNodesNamespacesPods: Check = {
  id: "KAS-SNAP-1",
  readsContent: true,
  run: (context) =>
    holdsAll(
      context,
      context.oracle.lives.filter(({ resource }) => ALWAYS.includes(resource)),
      () => true,
      {
        problem: "objects that existed throughout the collection are missing from a snapshot",
        consequence:
          "A snapshot is the whole state to the real server: what is missing is deleted, and what belongs to it is dropped.",
        mend: "List every page of Nodes, Namespaces and Pods of all namespaces before the first request, and send all of them each time.",
      },
    ),
};

function hasPods(oracle: Oracle, life: ObjectLife, upload: Upload): boolean {
  return oracle.ownedBy(life.uid).some((child) => {
    if (!oracle.existedThroughout(child, upload)) return false;
    return child.resource === "pods" || (child.resource === "replicasets.apps" && hasPods(oracle, child, upload));
  });
}

/** What a snapshot must hold by KAS-SNAP-1 and KAS-SNAP-2, and what of it is missing. */
export function completenessOf(
  { oracle }: CheckContext,
  upload: Upload,
): { readonly due: number; readonly missing: readonly ObjectLife[] } {
  const due = oracle.lives.filter(
    (life) =>
      (ALWAYS.includes(life.resource) && oracle.existedThroughout(life, upload)) ||
      (WITH_PODS.includes(life.resource) && oracle.existedThroughout(life, upload) && hasPods(oracle, life, upload)),
  );
  return { due: due.length, missing: due.filter((life) => !upload.snapshot.find(life)) };
}

/** KAS-SNAP-2. A workload has pods where one that existed throughout is owned by it, or by a ReplicaSet of it. */
export const holdsWorkloads: Check = {
  id: "KAS-SNAP-2",
  readsContent: true,
  run(context) {
    const { oracle } = context;
    return holdsAll(
      context,
      oracle.lives.filter(({ resource }) => WITH_PODS.includes(resource)),
      (life, upload) => hasPods(oracle, life, upload),
      {
        problem: "workloads with pods that existed throughout the collection are missing from a snapshot",
        consequence: "The real server drops pods whose owner it does not know, so that all pods of the workload vanish with it.",
        mend: "List and send Deployments, StatefulSets, DaemonSets, ReplicationControllers and ReplicaSets as well.",
      },
    );
  },
};

/** KAS-OBJ-4. */
export const namespacesThere: Check = {
  id: "KAS-OBJ-4",
  readsContent: true,
  run(context) {
    const { oracle } = context;
    const namespaces = new Map<string, ObjectLife[]>();
    for (const life of oracle.lives)
      if (life.resource === "namespaces") namespaces.set(life.name, [...(namespaces.get(life.name) ?? []), life]);
    const cases: Case[] = [];
    const used = new Set<string>();
    for (const upload of oracle.uploads) {
      const inUse = new Map<string, string>();
      for (const item of upload.snapshot.items) {
        const name = item.life?.namespace ?? item.namespace;
        if (name !== undefined && !inUse.has(name)) inUse.set(name, `${item.type ?? "an object"} ${item.name ?? ""}`);
      }
      for (const [name, example] of inUse) {
        used.add(name);
        const life = (namespaces.get(name) ?? []).find((candidate) => oracle.existedThroughout(candidate, upload));
        if (life && !upload.snapshot.find(life))
          cases.push(inCall(upload.call, `namespace ${name} is missing, in which ${example} lies`));
      }
    }
    if (cases.length > 0) {
      return fail({
        problem: "objects lie in a namespace that is not in the snapshot",
        cases,
        consequence: "The real server drops every object whose namespace it does not know.",
        mend: "Send every Namespace, whatever the namespaces are that the other kinds are listed from.",
      });
    }
    const [first, last] = [oracle.uploads[0], oracle.uploads.at(-1)];
    if (!first || !last || used.size === 0) return notTestable("no uploaded object lies in a namespace");
    return pass(
      proofOf(
        context,
        noted(first.call, "the first snapshot"),
        noted(last.call, "the last snapshot, with every namespace in use"),
      ),
      `${count(used.size, "namespace")} in use, all there in ${count(oracle.uploads.length, "snapshot")}`,
    );
  },
};

/** What became of an object's owner on the way: lost, or kept and which. */
type OwnerReading = { readonly lost: string } | { readonly uid: string; readonly kind: string };

/** Reads the owner of a Pod or ReplicaSet; undefined where the API gave none in some form, or the uid is another's. */
export function readOwner({ object, entry, name }: SnapshotItem, life: ObjectLife): OwnerReading | undefined {
  // An object under the uid of another is KAS-OBJ-3's.
  if (name !== life.name) return undefined;
  const given = life.forms.map((form) => listAt(form.object, "metadata", "ownerReferences"));
  if (given.some((owners) => owners.length === 0)) return undefined;
  const [sent] = listAt(object, "metadata", "ownerReferences");
  const [uid, kind] = [textAt(sent, "uid"), textAt(sent, "kind")];
  const owners = given.flat();
  if (
    uid !== undefined &&
    kind !== undefined &&
    owners.some((owner) => textAt(owner, "uid") === uid && textAt(owner, "kind") === kind)
  ) {
    return { uid, kind };
  }
  const [first] = owners;
  const lost = `entry ${entry}, ${lifeText(life)}: ownerReferences are ${shapeOf(object)}, the API has ${textAt(first, "kind")} ${textAt(first, "name")}`;
  return { lost };
}

/** KAS-OBJ-5, for the kinds whose owners the target reads: Pods and ReplicaSets. */
export const ownersKept: Check = {
  id: "KAS-OBJ-5",
  readsContent: true,
  run(context) {
    const { oracle, target, scenario } = context;
    const readings = new WeakMap<object, { readonly owner: OwnerReading | undefined }>();
    const ownerOf = (item: SnapshotItem, life: ObjectLife) => {
      const known = readings.get(item.object) ?? { owner: readOwner(item, life) };
      readings.set(item.object, known);
      return known.owner;
    };
    const cases: Case[] = [];
    let most = 0;
    for (const upload of oracle.uploads) {
      const owners = new Map<string, ObjectLife>();
      let kept = 0;
      for (const item of upload.snapshot.items) {
        const { life } = item;
        if (!life || (life.resource !== "pods" && life.resource !== "replicasets.apps")) continue;
        const owner = ownerOf(item, life);
        if (!owner) continue;
        if ("lost" in owner) cases.push(inCall(upload.call, owner.lost));
        else kept += 1;
        if (!("lost" in owner) && (life.resource === "replicasets.apps" || supportsOwner(target, owner.kind)))
          owners.set(owner.uid, life);
      }
      most = Math.max(most, kept);
      for (const [uid, dependent] of owners) {
        const owner = scenario.api.objects.get(uid);
        if (!owner || !oracle.existedThroughout(owner, upload) || upload.snapshot.find(owner)) continue;
        cases.push(inCall(upload.call, `${lifeText(owner)} is missing, the owner of ${lifeText(dependent)}`));
      }
    }
    if (cases.length > 0) {
      return fail({
        problem: "owners are lost",
        cases,
        consequence:
          "The real server drops a pod or ReplicaSet without an owner that it keeps; an owner given as an object reads as none.",
        mend: "Send metadata.ownerReferences as the API gives it, an array, and the owners themselves.",
      });
    }
    const [first, last] = [oracle.uploads[0], oracle.uploads.at(-1)];
    if (!first || !last || most === 0) return notTestable("no uploaded Pod or ReplicaSet had an owner");
    return pass(
      proofOf(
        context,
        noted(first.call, "the first snapshot"),
        noted(last.call, "the last snapshot, with owners and their objects"),
      ),
      `${count(oracle.uploads.length, "snapshot")} with up to ${count(most, "owner reference")}, all kept and their owners there`,
    );
  },
};

function shapeOf(object: Readonly<Record<string, unknown>>): string {
  const metadata = object["metadata"];
  const owners =
    typeof metadata === "object" && metadata !== null
      ? (metadata as Readonly<Record<string, unknown>>)["ownerReferences"]
      : undefined;
  if (owners === undefined || owners === null) return "absent";
  if (Array.isArray(owners)) return owners.length === 0 ? "an empty array" : "an array of other owners";
  return `of type ${typeof owners}, not an array`;
}
