import {
  isNamespaced,
  knownTypeNames,
  readTypeNames,
  type Target,
  typeNamesFor,
  VERSION_INFO_TYPE,
} from "../../server-mock/contract/index.ts";
import { at, type SnapshotItem } from "../oracle/index.ts";
import type { Check } from "./check.ts";
import { everySnapshot, NO_OBJECT } from "./every-snapshot.ts";
import { inCall, itemText, lifeText, quoted } from "./words.ts";

/** An item of a kind that the target reads, be it by uid or by its type name. */
function isRead(target: Target, { type, resource }: SnapshotItem): boolean {
  if (type === VERSION_INFO_TYPE) return false;
  return resource !== undefined && typeNamesFor(target, resource).length > 0;
}

/** Under the uid of an object, a name or a namespace that it never had; a missing one is KAS-OBJ-2's. */
function isElsewhere({ life, name, namespace }: SnapshotItem): boolean {
  if (!life) return false;
  return (name !== undefined && name !== life.name) || (namespace !== undefined && namespace !== life.namespace);
}

/** KAS-SNAP-4. */
export const nothingInvented: Check = {
  id: "KAS-SNAP-4",
  readsContent: true,
  run: (context) => {
    const { oracle } = context;
    return everySnapshot(
      context,
      ({ call, snapshot }) => {
        const withUid = snapshot.items.filter(({ uid, type }) => uid !== undefined && type !== VERSION_INFO_TYPE);
        const invented = withUid.filter(({ life, resource }) => {
          const created = life?.forms[0];
          // Past the proxy, kinds that no target reads are seen by nobody.
          return created ? !oracle.mayHaveKnown(created, call) : !(oracle.deliveryUnseen && resource === undefined);
        });
        // Of several items with one uid, KAS-OBJ-3 says what is wrong.
        const renamed = withUid.filter((item) => snapshot.byUid.get(item.uid ?? "")?.length === 1 && isElsewhere(item));
        return {
          looked: withUid.length,
          cases: [
            ...invented.map((item) => inCall(call, `${itemText(item)} has uid ${quoted(item.uid)}, which the cluster never had`)),
            ...renamed.map((item) =>
              inCall(
                call,
                `${itemText(item)} has uid ${quoted(item.uid)}, which is that of ${item.life ? lifeText(item.life) : ""}`,
              ),
            ),
          ],
        };
      },
      {
        problem: "a snapshot holds objects that never existed in the cluster",
        consequence: "The real server shows them as resources of the cluster.",
        mend: "Send only what the API server gave, with the uid that it gave.",
      },
      { fine: "each uid was one of the cluster's", nothing: NO_OBJECT },
    );
  },
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
  run(context) {
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
