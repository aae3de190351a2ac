import { Buffer } from "node:buffer";
import { sha256 } from "../../../transcript/index.ts";
import type { KubeObject, ObjectMeta } from "../catalog/index.ts";

/** The JSON of an object: the whole, and where the part begins that a typed list carries (`kind` and `apiVersion` left out). */
export interface EncodedObject {
  readonly bytes: Buffer;
  /** Bytes from here on, behind a `{`, are the object without its type; 0 where lists carry the type too. */
  readonly untypedFrom: number;
}

/**
 * One version of one object under the revision that committed it. Never changes, so clusters of one process share it:
 * bytes and hash are made once, on first use.
 */
export class StoredObject {
  /** Place in etcd's order among its resource: `namespace/name`, or `name` for cluster-scoped ones. */
  readonly key: string;
  readonly revision: number;
  readonly #source: KubeObject;
  #object: KubeObject | undefined;
  #sha256: string | undefined;
  readonly #encoded = new Map<string, EncodedObject>();

  constructor(source: KubeObject, revision: number) {
    this.#source = source;
    this.revision = revision;
    this.key = keyOf(source.metadata.namespace, source.metadata.name);
  }

  /** As given, for what does not depend on the revision: labels, names, spec. */
  get source(): KubeObject {
    return this.#source;
  }

  get metadata(): ObjectMeta {
    return this.#source.metadata;
  }

  get uid(): string {
    return this.#source.metadata.uid ?? "";
  }

  /** The object in its storage version with its resourceVersion. */
  get object(): KubeObject {
    this.#object ??= withRevision(this.#source, this.revision);
    return this.#object;
  }

  /** SHA-256 of the storage version's JSON. */
  get sha256(): string {
    this.#sha256 ??= sha256(this.encode().bytes);
    return this.#sha256;
  }

  /** Spares the hashing where a transcript has done it over the same bytes. */
  rememberSha256(digest: string): void {
    this.#sha256 = digest;
  }

  /**
   * JSON of the object, cached.
   * @param converted makes another version's form, cached under `version`; without it the storage version
   */
  encode(version = "", converted: (object: KubeObject) => KubeObject = (object) => object): EncodedObject {
    const known = this.#encoded.get(version);
    if (known !== undefined) return known;
    const made = encodeObject(converted(this.object));
    this.#encoded.set(version, made);
    return made;
  }
}

const shared = new WeakMap<KubeObject, StoredObject>();

/** The stored form of a frozen object that several clusters load under the same revision: made once. */
export function sharedStoredObject(source: KubeObject, revision: number): StoredObject {
  const known = shared.get(source);
  if (known?.revision === revision) return known;
  const made = new StoredObject(source, revision);
  shared.set(source, made);
  return made;
}

/** `namespace/name`, or `name` where there is no namespace. */
export function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === "" ? name : `${namespace}/${name}`;
}

/** JSON of an object with the type in front, as Go's encoder writes it. */
function encodeObject(object: KubeObject): EncodedObject {
  const { kind, apiVersion, ...rest } = object;
  const type = `{"kind":${JSON.stringify(kind)},"apiVersion":${JSON.stringify(apiVersion)},`;
  return { bytes: Buffer.from(type + JSON.stringify(rest).slice(1)), untypedFrom: Buffer.byteLength(type) };
}

/** Fields of metadata in the order in which the API server writes them. */
const META_ORDER = [
  "name",
  "generateName",
  "namespace",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "labels",
  "annotations",
  "ownerReferences",
  "finalizers",
];

function withRevision(source: KubeObject, revision: number): KubeObject {
  // Revision 0 is that of an object that was not stored: the answer to a dry run.
  const version = revision === 0 ? {} : { resourceVersion: String(revision) };
  const given = { ...source.metadata, ...version } as Readonly<Record<string, unknown>>;
  const metadata: Record<string, unknown> = {};
  for (const name of META_ORDER) if (given[name] !== undefined) metadata[name] = given[name];
  for (const name of Object.keys(given)) metadata[name] ??= given[name];
  const { kind, apiVersion, metadata: _, ...fields } = source;
  return { kind, apiVersion, metadata: metadata as unknown as ObjectMeta, ...fields };
}
