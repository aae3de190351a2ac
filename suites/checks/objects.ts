import {
  ingressFlavours,
  internalIpOf,
  isNamespaced,
  knownTypeNames,
  podIdentity,
  readTypeNames,
  syncTrouble,
  type Target,
  typeNamesFor,
  VERSION_INFO_TYPE,
  versionInfoTrouble,
} from "../../server-mock/contract/index.ts";
import { at, listAt, type SnapshotItem, type Upload } from "../oracle/index.ts";
import type { Check, CheckContext } from "./check.ts";
import { noted, proofOf, throughout } from "./proof.ts";
import { type Case, fail, type Failure, notApplicable, notTestable, pass, type ScenarioVerdict } from "./verdict.ts";
import { count, inCall, itemText, lifeText, quoted } from "./words.ts";

/** What a snapshot check finds in one upload. */
interface Look {
  readonly cases: readonly Case[];
  /** How many things were looked at that could have been wrong. */
  readonly looked: number;
}

/** Looks at each distinct list of entries once, and is green only where something was there to look at. */
function everySnapshot(
  context: CheckContext,
  look: (upload: Upload) => Look,
  failure: Omit<Failure, "cases">,
  words: { readonly fine: string; readonly nothing: ScenarioVerdict },
): ScenarioVerdict {
  const { distinctUploads } = context.oracle;
  const looks = distinctUploads.map((upload) => ({ upload, ...look(upload) }));
  const cases = looks.flatMap((each) => each.cases);
  if (cases.length > 0) return fail({ ...failure, cases });
  const seen = looks.filter(({ looked }) => looked > 0);
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return words.nothing;
  const most = Math.max(...seen.map(({ looked }) => looked));
  return pass(
    proofOf(context, noted(first.upload.call, "the first snapshot"), noted(last.upload.call, "the last distinct snapshot")),
    `${count(distinctUploads.length, "distinct snapshot")}, up to ${count(most, "object")}: ${words.fine}`,
  );
}

const NO_OBJECT = notTestable("no uploaded object could be looked at");

/** An item of a kind that the target reads, be it by uid or by its type name. */
function isRead(target: Target, { type, resource }: SnapshotItem): boolean {
  if (type === VERSION_INFO_TYPE) return false;
  return resource !== undefined && typeNamesFor(target, resource).length > 0;
}

/** KAS-SNAP-4. */
export const nothingInvented: Check = {
  id: "KAS-SNAP-4",
  readsContent: true,
  run: (context) =>
    everySnapshot(
      context,
      ({ call, snapshot }) => {
        const withUid = snapshot.items.filter(({ uid, type }) => uid !== undefined && type !== VERSION_INFO_TYPE);
        const invented = withUid.filter(({ life }) => !life || (life.forms[0]?.seq ?? Infinity) > call.seq);
        return {
          looked: withUid.length,
          cases: invented.map((item) =>
            inCall(call, `${itemText(item)} has uid ${quoted(item.uid)}, which the cluster never had`),
          ),
        };
      },
      {
        problem: "a snapshot holds objects that never existed in the cluster",
        consequence: "The real server shows them as resources of the cluster.",
        mend: "Send only what the API server gave, with the uid that it gave.",
      },
      { fine: "each uid was one of the cluster's", nothing: NO_OBJECT },
    ),
};

/** KAS-OBJ-1. */
export const typeNameFits: Check = {
  id: "KAS-OBJ-1",
  readsContent: true,
  run(context) {
    const { target } = context;
    return everySnapshot(
      context,
      ({ call, snapshot }) => {
        const known = snapshot.items.filter((item) => item.life && isRead(target, item));
        const wrong = known.filter(({ life, type }) => !typeNamesFor(target, life?.resource ?? "").includes(type ?? ""));
        const cases = wrong.map((item) => {
          const names = typeNamesFor(target, item.life?.resource ?? "").join(" or ");
          return inCall(call, `${itemText(item)} is one of ${item.life?.resource}, which goes as ${names}`);
        });
        return { looked: known.length, cases };
      },
      {
        problem: "objects go under a type name that the target does not read for them",
        consequence: "The real server answers OK, stores them under that key and never reads it.",
        mend: "Use the names of the Go types, letter by letter.",
      },
      { fine: "each under a type name that the target reads", nothing: NO_OBJECT },
    );
  },
};

/** KAS-OBJ-2. */
export const identityThere: Check = {
  id: "KAS-OBJ-2",
  readsContent: true,
  run({ ...context }) {
    const { target } = context;
    return everySnapshot(
      context,
      ({ call, snapshot }) => {
        const read = snapshot.items.filter((item) => isRead(target, item));
        const cases = read.flatMap((item) => {
          const wanted =
            item.resource !== undefined && isNamespaced(item.resource) ? ["uid", "name", "namespace"] : ["uid", "name"];
          const bad = wanted.filter((field) => item[field as "uid" | "name" | "namespace"] === undefined);
          if (bad.length === 0) return [];
          const values = bad.map((field) => `metadata.${field} is ${quoted(at(item.object, "metadata", field))}`).join(", ");
          return [inCall(call, `${itemText(item)}: ${values}`)];
        });
        return { looked: read.length, cases };
      },
      {
        problem: "metadata.uid, name or namespace is not a non-empty string",
        consequence: "The real server drops such an object, with a line in its log at level INFO and nothing in the answer.",
        mend: "Send metadata.uid, metadata.name and metadata.namespace as the API gives them.",
      },
      { fine: "each with uid, name and, where the kind has one, namespace", nothing: NO_OBJECT },
    );
  },
};

/** KAS-OBJ-3. */
export const uidsUnique: Check = {
  id: "KAS-OBJ-3",
  readsContent: true,
  run: (context) =>
    everySnapshot(
      context,
      ({ call, snapshot }) => ({
        looked: snapshot.byUid.size,
        cases: [...snapshot.byUid].flatMap(([uid, items]) =>
          items.length < 2 ? [] : [inCall(call, `uid ${quoted(uid)} is in ${items.slice(0, 3).map(itemText).join(", ")}`)],
        ),
      }),
      {
        problem: "a uid occurs more than once in a snapshot",
        consequence: "The real server keeps one of the objects and drops the others.",
        mend: "Keep the state by uid, and upload each object under one API group alone.",
      },
      { fine: "no uid twice", nothing: NO_OBJECT },
    ),
};

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

/** KAS-OBJ-12. A wrong name for a kind that is read is KAS-OBJ-1's. */
export const onlyReadTypes: Check = {
  id: "KAS-OBJ-12",
  readsContent: true,
  run(context) {
    const { target } = context;
    const names = new Set(target.line ? readTypeNames(target) : knownTypeNames);
    return everySnapshot(
      context,
      ({ call, snapshot }) => {
        const strange = snapshot.items.filter(
          ({ type, life }) => !names.has(type ?? "") && !(life && typeNamesFor(target, life.resource).length > 0),
        );
        const cases = strange.map((item) =>
          inCall(call, `${itemText(item)}${item.life ? `, one of ${lifeText(item.life)}` : ""}`),
        );
        return { looked: snapshot.items.length, cases };
      },
      {
        problem: "entries have a type name that the target does not read",
        consequence: "The real server stores them and never looks at them; they cost bandwidth and memory.",
        mend: "Send only the kinds that the target reads.",
      },
      { fine: "each of a type that the target reads", nothing: NO_OBJECT },
    );
  },
};

function uploadedObjects(items: readonly SnapshotItem[]) {
  return items.map(({ entry, type, object }) => ({ entry, type: type ?? "", object }));
}
