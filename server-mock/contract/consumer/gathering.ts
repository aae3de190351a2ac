import { isObject, at, type KubeObject, stringAt } from "../json.ts";
import type { DropRule, Target } from "../targets/types.ts";
import type { UploadedObject } from "../troubles/types.ts";
import type { DroppedObject } from "./types.ts";

/** The four texts by which an object is told. */
export interface Identity {
  readonly type: string;
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
}

/** A gathering under way: what the steps of it share. */
export interface Gathering {
  readonly target: Target;
  readonly dropped: DroppedObject[];
  readonly reduced: DroppedObject[];
  readonly namespaceObjects: Map<string, KubeObject>;
  readonly placedObjects: Set<KubeObject>;
  readonly passedObjects: Set<KubeObject>;
  /** Objects that go under a type name, in entry order. */
  of(...types: readonly string[]): readonly UploadedObject[];
  /** Drops an object, unless the target knows no such rule. Returns whether it is dropped. */
  drop(uploaded: UploadedObject, rule: DropRule, reason: string): boolean;
  /** Tells that something of a kept object is lost. */
  reduce(identity: Identity, rule: string, part: string, reason: string): void;
  /** Checks uid, name and, where the type lies in a namespace, that it is known. Undefined: dropped. */
  place(uploaded: UploadedObject, namespaced?: boolean): Identity | undefined;
  /** Marks an object as good, and drops it where its table has the uid already. */
  keep(uploaded: UploadedObject, table: Set<string>): boolean;
}

const INFERRED = " (inferred from what was read of the server, not seen in it)";

/** @param byType objects by the type name under which they were sent */
export function createGathering(target: Target, byType: ReadonlyMap<string, readonly UploadedObject[]>): Gathering {
  const holds = new Set<string>(target.drops);
  const inferred = new Set(target.inferred);
  const dropped: DroppedObject[] = [];
  const reduced: DroppedObject[] = [];
  const namespaceObjects = new Map<string, KubeObject>();
  const placedObjects = new Set<KubeObject>();
  const passedObjects = new Set<KubeObject>();

  function drop(uploaded: UploadedObject, rule: DropRule, reason: string): boolean {
    if (!holds.has(rule)) return false;
    dropped.push({ ...identityOf(uploaded), rule, reason: inferred.has(`drops ${rule}`) ? `${reason}${INFERRED}` : reason });
    return true;
  }

  return {
    target,
    dropped,
    reduced,
    namespaceObjects,
    placedObjects,
    passedObjects,
    of: (...types) => (types.length === 1 ? (byType.get(types[0] ?? "") ?? []) : types.flatMap((type) => byType.get(type) ?? [])),
    drop,
    reduce({ type, uid, namespace, name }, rule, part, reason) {
      reduced.push({ type, uid, namespace, name, rule, part, reason });
    },
    place(uploaded, namespaced = true) {
      const { object } = uploaded;
      const identity = identityOf(uploaded);
      if (!isObject(at(object, "metadata")) && drop(uploaded, "no-metadata", "it has no metadata")) return undefined;
      if (identity.uid === "" && drop(uploaded, "no-uid", "metadata.uid is missing, empty or no string")) return undefined;
      if (identity.name === "" && drop(uploaded, "no-name", "metadata.name is missing, empty or no string")) return undefined;
      if (namespaced) {
        const missing = "metadata.namespace is missing, empty or no string";
        if (identity.namespace === "" && drop(uploaded, "no-namespace", missing)) return undefined;
        const unknown = `no Namespace ${identity.namespace} is in the snapshot`;
        if (!namespaceObjects.has(identity.namespace) && drop(uploaded, "namespace-unknown", unknown)) return undefined;
      }
      placedObjects.add(object);
      return identity;
    },
    keep(uploaded, table) {
      passedObjects.add(uploaded.object);
      const uid = stringAt(uploaded.object, "metadata", "uid");
      if (table.has(uid) && drop(uploaded, "uid-twice", "an object before it has the same uid, and the first is kept"))
        return false;
      table.add(uid);
      return true;
    },
  };
}

/** The texts by which an object is told; empty where it lacks them. */
export function identityOf({ type, object }: UploadedObject): Identity {
  const { uid, namespace, name } = {
    uid: stringAt(object, "metadata", "uid"),
    namespace: stringAt(object, "metadata", "namespace"),
    name: stringAt(object, "metadata", "name"),
  };
  return { type, uid, namespace, name };
}
