import { supportsOwner } from "../../server-mock/contract/index.ts";
import type { ObjectLife } from "../history/types.ts";
import { listAt, textAt, type Upload } from "../oracle/index.ts";
import type { Check, CheckContext } from "./check.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, type Failure, notTestable, pass, type ScenarioVerdict } from "./verdict.ts";
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
      if (!upload.snapshot.find(life))
        cases.push(inCall(upload.call, `${lifeText(life)} is missing, existing since seq ${life.forms[0]?.seq}`));
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

/** KAS-SNAP-2. A workload has pods where one that existed throughout is owned by it, or by a ReplicaSet of it. */
export const holdsWorkloads: Check = {
  id: "KAS-SNAP-2",
  readsContent: true,
  run(context) {
    const { oracle } = context;
    const hasPods = (life: ObjectLife, upload: Upload): boolean =>
      oracle.ownedBy(life.uid).some((child) => {
        if (!oracle.existedThroughout(child, upload)) return false;
        return child.resource === "pods" || (child.resource === "replicasets.apps" && hasPods(child, upload));
      });
    return holdsAll(
      context,
      oracle.lives.filter(({ resource }) => WITH_PODS.includes(resource)),
      hasPods,
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

/** KAS-OBJ-5, for the kinds whose owners the target reads: Pods and ReplicaSets. */
export const ownersKept: Check = {
  id: "KAS-OBJ-5",
  readsContent: true,
  run(context) {
    const { oracle, target, scenario } = context;
    const cases: Case[] = [];
    let kept = 0;
    for (const upload of oracle.uploads) {
      const missing = new Map<string, string>();
      for (const item of upload.snapshot.items) {
        const { life } = item;
        // An object under the uid of another is KAS-OBJ-3's.
        if (!life || item.name !== life.name || (life.resource !== "pods" && life.resource !== "replicasets.apps")) continue;
        const given = life.forms
          .filter((form) => form.seq < upload.call.seq)
          .map(({ object }) => listAt(object, "metadata", "ownerReferences"));
        if (given.length === 0 || given.some((owners) => owners.length === 0)) continue;
        const owners = given.flat();
        const [sent] = listAt(item.object, "metadata", "ownerReferences");
        const uid = textAt(sent, "uid");
        if (!owners.some((owner) => textAt(owner, "uid") === uid && textAt(owner, "kind") === textAt(sent, "kind"))) {
          cases.push(
            inCall(
              upload.call,
              `entry ${item.entry}, ${lifeText(life)}: ownerReferences are ${shapeOf(item.object)}, the API has ${textAt(owners[0], "kind")} ${textAt(owners[0], "name")}`,
            ),
          );
          continue;
        }
        kept += 1;
        const kind = textAt(sent, "kind") ?? "";
        const owner = scenario.api.objects.get(uid ?? "");
        const supported = life.resource === "replicasets.apps" || supportsOwner(target, kind);
        if (!owner || !supported || missing.has(owner.uid)) continue;
        if (oracle.existedThroughout(owner, upload) && !upload.snapshot.find(owner))
          missing.set(owner.uid, `${lifeText(owner)} is missing, the owner of ${lifeText(life)}`);
      }
      for (const text of missing.values()) cases.push(inCall(upload.call, text));
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
    if (!first || !last || kept === 0) return notTestable("no uploaded Pod or ReplicaSet had an owner");
    return pass(
      proofOf(
        context,
        noted(first.call, "the first snapshot"),
        noted(last.call, "the last snapshot, with owners and their objects"),
      ),
      `${count(kept, "owner reference")} kept in ${count(oracle.uploads.length, "snapshot")}, their owners there`,
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
