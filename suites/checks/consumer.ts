import {
  ingressFlavours,
  internalIpOf,
  podIdentity,
  syncTrouble,
  typeNamesFor,
  VERSION_INFO_TYPE,
  versionInfoTrouble,
} from "../../server-mock/contract/index.ts";
import { at, listAt, type SnapshotItem, type Upload } from "../oracle/index.ts";
import type { Check } from "./check.ts";
import { everySnapshot, NO_OBJECT } from "./every-snapshot.ts";
import { noted, proofOf, throughout } from "./proof.ts";
import { type Case, fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { count, inCall, itemText } from "./words.ts";

/** KAS-OBJ-6. */
export const oneVersionInfo: Check = {
  id: "KAS-OBJ-6",
  readsContent: true,
  run(context) {
    const cases = context.oracle.distinctUploads.flatMap(({ call, snapshot }) =>
      versionInfoTrouble(context.target, uploadedObjects(snapshot.items.filter(({ type }) => type === VERSION_INFO_TYPE))).map(
        ({ text }) => inCall(call, text.replace(/\.$/, "")),
      ),
    );
    if (cases.length === 0) {
      const last = context.oracle.uploads.at(-1)?.call;
      return pass(
        throughout(context, last),
        `one ${VERSION_INFO_TYPE} with gitVersion in ${count(context.oracle.uploads.length, "snapshot")}`,
      );
    }
    return fail({
      problem: `${VERSION_INFO_TYPE} is not there exactly once with a gitVersion`,
      cases,
      consequence: "Without it the real server fails the sync of the whole cluster, and before v6.4.8 its process panics.",
      mend: "Send the body of GET /version as one entry of every snapshot.",
    });
  },
};

/** KAS-OBJ-7. */
export const nothingAborts: Check = {
  id: "KAS-OBJ-7",
  readsContent: true,
  run: (context) =>
    everySnapshot(
      context,
      ({ call, snapshot }) => ({
        looked: snapshot.items.length,
        cases: syncTrouble(context.target, uploadedObjects(snapshot.items)).map(({ text }) =>
          inCall(call, text.replace(/\.$/, "")),
        ),
      }),
      {
        problem: "objects make the target abort the sync or crash",
        consequence: "Nothing of the snapshot is applied then.",
        mend: "See each case.",
      },
      { fine: "nothing that the target stumbles over", nothing: NO_OBJECT },
    ),
};

/** KAS-OBJ-8. */
export const podsStayApart: Check = {
  id: "KAS-OBJ-8",
  readsContent: true,
  run(context) {
    return everySnapshot(
      context,
      ({ call, snapshot }) => {
        const pods = snapshot.items.filter(({ resource, uid }) => resource === "pods" && uid !== undefined);
        const taken = new Map<string, SnapshotItem>();
        const cases = pods.flatMap((item) => {
          const identity = podIdentity(context.target, item.object);
          const other = taken.get(identity);
          taken.set(identity, other ?? item);
          // The same uid twice is KAS-OBJ-3's.
          return other && other.uid !== item.uid
            ? [inCall(call, `${itemText(item)} has the identity of ${itemText(other)}`)]
            : [];
        });
        return { looked: pods.length > 1 ? pods.length : 0, cases };
      },
      {
        problem: "pods have one identity because of generateName",
        consequence:
          "The real server makes a pod's id from its owner and what is left of its name after the characters of generateName; of two pods with the same rest one vanishes.",
        mend: "Leave metadata.generateName out, as the real agent does.",
      },
      { fine: "no two pods with one identity", nothing: notTestable("no snapshot holds two pods") },
    );
  },
};

/** KAS-OBJ-9. */
export const managedFieldsOut: Check = {
  id: "KAS-OBJ-9",
  readsContent: true,
  run: (context) =>
    everySnapshot(
      context,
      ({ call, snapshot }) => {
        const carried = snapshot.items.filter(({ object }) => at(object, "metadata", "managedFields") !== undefined);
        const served = snapshot.items.filter(
          ({ life }) => listAt(life?.forms[0]?.object, "metadata", "managedFields").length > 0,
        );
        return { looked: served.length, cases: carried.map((item) => inCall(call, `${itemText(item)} carries managedFields`)) };
      },
      {
        problem: "objects carry metadata.managedFields",
        consequence:
          "Newer servers store and hash the metadata of workloads and Services, so that every write of a controller counts as a change.",
        mend: "Drop metadata.managedFields before compressing.",
      },
      {
        fine: "managedFields, which the API gave, are left out",
        nothing: notTestable("the API server gave no managedFields to leave out"),
      },
    ),
};

/** KAS-OBJ-10. */
export const oneIngressFlavour: Check = {
  id: "KAS-OBJ-10",
  readsContent: true,
  run(context) {
    const { target, oracle } = context;
    const offered = oracle.lives.some(({ resource }) =>
      target.exclusiveTypes.some((type) => typeNamesFor(target, resource).includes(type)),
    );
    return everySnapshot(
      context,
      ({ call, snapshot }) => {
        const types = snapshot.items.flatMap(({ type }) => type ?? []);
        const flavours = ingressFlavours(target, types);
        const cases = flavours.length > 1 ? [inCall(call, `${flavours.join(" and ")} in one snapshot`)] : [];
        return { looked: types.filter((type) => target.exclusiveTypes.includes(type)).length, cases };
      },
      {
        problem: "a snapshot holds more than one ingress flavour",
        consequence: `The real server reads one of ${target.exclusiveTypes.join(", ")} in a sync, the first that is there, and ignores the others.`,
        mend: "Send every ingress, and every Route, as *v1.Ingress.",
      },
      {
        fine: "one ingress flavour",
        nothing: offered
          ? notApplicable("the agent uploads no ingresses, though the cluster has some")
          : notTestable("the cluster has no ingress"),
      },
    );
  },
};

/** KAS-OBJ-11. */
export const nodeAndPodThere: Check = {
  id: "KAS-OBJ-11",
  readsContent: true,
  run(context) {
    const { oracle } = context;
    const nodes = oracle.lives.filter(({ resource, forms }) => resource === "nodes" && internalIpOf(forms[0]?.object) !== "");
    const pods = oracle.lives.filter(({ resource }) => resource === "pods");
    const cases: Case[] = [];
    let last: Upload | undefined;
    for (const upload of oracle.uploads) {
      const throughoutIt = (lives: typeof nodes) => lives.some((life) => oracle.existedThroughout(life, upload));
      if (!throughoutIt(nodes) || !throughoutIt(pods)) continue;
      last = upload;
      const { items } = upload.snapshot;
      if (!items.some(({ resource, object }) => resource === "nodes" && internalIpOf(object) !== ""))
        cases.push(inCall(upload.call, "no Node has an address of type InternalIP"));
      if (!items.some(({ resource }) => resource === "pods")) cases.push(inCall(upload.call, "there is no Pod"));
    }
    if (cases.length > 0) {
      return fail({
        problem: "a snapshot has no Node with an InternalIP, or no Pod",
        cases,
        consequence:
          "The real server keeps its old data rather than apply such a snapshot: the cluster is in trouble and nothing of it shows.",
        mend: "Send status.addresses of the Nodes, and all Pods.",
      });
    }
    const [first] = oracle.uploads;
    if (!first || !last) return notTestable("the cluster had no Node with an InternalIP and no Pod throughout a collection");
    return pass(
      proofOf(context, noted(first.call, "the first snapshot"), noted(last.call, "the last snapshot")),
      `a Node with an InternalIP and a Pod in ${count(oracle.uploads.length, "snapshot")}`,
    );
  },
};

function uploadedObjects(items: readonly SnapshotItem[]) {
  return items.map(({ entry, type, object }) => ({ entry, type: type ?? "", object }));
}
