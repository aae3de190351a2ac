import { randomBytes, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ApiError, alreadyExists, badRequest, conflict, detailsOf, invalid, notFound } from "../api/status.ts";
import type { Target } from "../api/target.ts";
import { convert, toStorage, type KubeObject, type KubernetesRelease, type ObjectMeta } from "../catalog/index.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import { keyOf, StoredObject } from "../storage/stored-object.ts";
import { fieldsOf, without } from "./json.ts";
import { managedFieldsAfter } from "./managed-fields.ts";
import { hasGeneration, hasStatus, prepared } from "./strategy.ts";
import { checkName, objectOf } from "./validate.ts";

/** Who writes and how. */
export interface WriteOptions {
  /** Field manager, as `metadata.managedFields` names it. */
  readonly manager: string;
  /** Answers as if it were done. */
  readonly dryRun?: boolean;
  /** Writes all fields as they are given, status included, and keeps a given uid: for who arranges a scenario. */
  readonly raw?: boolean;
  readonly subresource?: string;
}

/** What a deletion demands of the object. */
export interface Preconditions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

const SUFFIX = "bcdfghjklmnpqrstvwxz2456789";
const MODIFIED = "the object has been modified; please apply your changes to the latest version and try again";

/** Creates, changes and deletes objects by the API server's rules. Its errors are ApiErrors. */
export class ObjectWriter {
  readonly #store: ObjectStore;
  readonly #release: KubernetesRelease;
  readonly #now: () => number;

  constructor(store: ObjectStore, release: KubernetesRelease, now: () => number) {
    this.#store = store;
    this.#release = release;
    this.#now = now;
  }

  /** @throws ApiError 400, 404 (namespace), 409 (name taken), 422 */
  create(target: Target, body: unknown, options: WriteOptions): StoredObject {
    const given = objectOf(target, body);
    const { generateName = "" } = given.metadata;
    const name = given.metadata.name === "" && generateName !== "" ? generateName + suffix() : given.metadata.name;
    checkName(target, name);
    if ((given.metadata.resourceVersion ?? "") !== "") {
      throw new ApiError(500, "", "resourceVersion should not be set on objects to be created");
    }
    this.#checkNamespace(target, name);
    const { definition, resource } = target;
    if (this.#store.resource(resource).get(keyOf(target.namespace, name)) !== undefined) throw alreadyExists(definition, name);
    const { uid, creationTimestamp, managedFields: _managed, ...meta } = given.metadata;
    const metadata: ObjectMeta = {
      ...meta,
      name,
      uid: options.raw === true && uid !== undefined ? uid : randomUUID(),
      ...(hasGeneration(definition, resource) ? { generation: 1 } : {}),
      creationTimestamp: options.raw === true && creationTimestamp !== undefined ? creationTimestamp : this.#time(),
    };
    const object = { ...given, metadata };
    const born = options.raw === true && given["status"] !== undefined ? object : prepared(definition, object, this.#release);
    return this.#put(target, born, options);
  }

  /** Replaces an object. @throws ApiError 400, 404, 409 (not the version it was), 422 */
  update(target: Target, name: string, body: unknown, options: WriteOptions): StoredObject {
    const given = objectOf(target, body);
    if (given.metadata.name === "") {
      throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
    }
    if (given.metadata.name !== name) {
      throw badRequest(`the name of the object (${given.metadata.name}) does not match the name on the URL (${name})`);
    }
    const before = this.#existing(target, name);
    this.#checkVersion(target, name, given.metadata, before);
    return this.#replace(target, before, { ...given, metadata: { ...given.metadata, name } }, options);
  }

  /** Changes an object by a function of its present form. @throws ApiError 404, 409, 422 */
  modify(target: Target, name: string, change: (object: KubeObject) => unknown, options: WriteOptions): StoredObject {
    const before = this.#existing(target, name);
    const given = objectOf(target, change(convert(target.definition, before.object, target.version)));
    this.#checkVersion(target, name, given.metadata, before);
    return this.#replace(target, before, given, options);
  }

  /**
   * Deletes an object; one with finalizers is only marked. A Namespace takes what it holds with it, which on a real
   * cluster is a controller's work.
   * @returns the object as it was last, and whether it is gone
   * @throws ApiError 404, 409
   */
  delete(
    target: Target,
    name: string,
    preconditions: Preconditions,
    options: WriteOptions,
  ): { object: StoredObject; gone: boolean } {
    const before = this.#existing(target, name);
    this.#checkPreconditions(target, name, preconditions, before);
    if (options.dryRun === true) return { object: before, gone: true };
    if ((before.metadata.finalizers ?? []).length > 0) return { object: this.#mark(target, before), gone: false };
    if (target.resource === "namespaces") {
      this.#mark(target, before);
      this.#empty(name);
    }
    const object = this.#store.remove(target.resource, before.key) ?? before;
    return { object, gone: true };
  }

  #existing(target: Target, name: string): StoredObject {
    const found = this.#store.resource(target.resource).get(keyOf(target.namespace, name));
    if (found === undefined) throw notFound(target.definition, name);
    return found;
  }

  #replace(target: Target, before: StoredObject, given: KubeObject, options: WriteOptions): StoredObject {
    const { definition, resource } = target;
    const old = convert(definition, before.object, target.version);
    const after = this.#withKeptParts(target, old, given, options);
    const meta = (object: KubeObject) => without(fieldsOf(object.metadata), "resourceVersion", "managedFields", "generation");
    const body = (object: KubeObject) => without(object, "metadata");
    const wanted = (object: KubeObject) => without(object, "metadata", "status");
    if (isDeepStrictEqual(meta(old), meta(after)) && isDeepStrictEqual(body(old), body(after))) return before;
    const changed = !isDeepStrictEqual(wanted(old), wanted(after));
    const { generation } = old.metadata;
    const next = hasGeneration(definition, resource) ? { generation: (generation ?? 1) + (changed ? 1 : 0) } : {};
    const object = { ...after, metadata: { ...after.metadata, ...(generation === undefined ? {} : { generation }), ...next } };
    if (old.metadata.deletionTimestamp !== undefined && (object.metadata.finalizers ?? []).length === 0) {
      if (options.dryRun !== true) this.#store.remove(resource, before.key);
      return new StoredObject(toStorage(definition, object), before.revision);
    }
    return this.#put(target, object, options);
  }

  /** The new form with what this write cannot change taken from the old one. */
  #withKeptParts(target: Target, old: KubeObject, given: KubeObject, options: WriteOptions): KubeObject {
    const { uid, creationTimestamp, deletionTimestamp, managedFields } = old.metadata;
    const { deletionTimestamp: _deletion, resourceVersion: _revision, generation: _generation, ...meta } = given.metadata;
    const metadata: ObjectMeta = {
      ...meta,
      name: old.metadata.name,
      ...(uid === undefined ? {} : { uid }),
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
      ...(managedFields === undefined ? {} : { managedFields }),
    };
    if (options.subresource === "status") return { ...old, metadata: old.metadata, status: given["status"] };
    if (options.raw === true || !hasStatus(target.definition)) return { ...given, metadata };
    const rest = without(given, "status") as unknown as KubeObject;
    return { ...rest, metadata, ...(old["status"] === undefined ? {} : { status: old["status"] }) };
  }

  #put(target: Target, object: KubeObject, options: WriteOptions): StoredObject {
    const managedFields = managedFieldsAfter(object, options.manager, this.#time(), options.subresource ?? "");
    const { resourceVersion: _, ...metadata } = object.metadata;
    const stored = toStorage(target.definition, { ...object, metadata: { ...metadata, managedFields } });
    if (options.dryRun === true) {
      const key = keyOf(stored.metadata.namespace, stored.metadata.name);
      return new StoredObject(stored, this.#store.resource(target.resource).get(key)?.revision ?? 0);
    }
    return this.#store.put(target.resource, stored);
  }

  #mark(target: Target, before: StoredObject): StoredObject {
    if (before.metadata.deletionTimestamp !== undefined) return before;
    const itself = target.resource === "namespaces";
    const marked = { deletionTimestamp: this.#time(), ...(itself ? {} : { deletionGracePeriodSeconds: 0 }) };
    const metadata = { ...before.metadata, ...marked };
    const terminating = itself ? { status: { phase: "Terminating" } } : {};
    return this.#store.put(target.resource, { ...before.source, metadata, ...terminating });
  }

  #empty(namespace: string): void {
    for (const [resource, store] of this.#store.resources) {
      const inside = store.snapshot().filter(({ key }) => key.startsWith(`${namespace}/`));
      for (const { key } of inside) this.#store.remove(resource, key);
    }
  }

  #checkNamespace(target: Target, name: string): void {
    if (target.namespace === undefined) return;
    const namespace = this.#store.resource("namespaces").get(target.namespace);
    if (namespace === undefined) throw notFound({ group: "", plural: "namespaces" }, target.namespace);
    if (namespace.metadata.deletionTimestamp === undefined) return;
    const why = `unable to create new content in namespace ${target.namespace} because it is being terminated`;
    const { definition } = target;
    const details = detailsOf(definition, name);
    throw new ApiError(403, "Forbidden", `${definition.plural} "${name}" is forbidden: ${why}`, details);
  }

  #checkVersion(target: Target, name: string, given: ObjectMeta, before: StoredObject): void {
    const { definition } = target;
    if (given.uid !== undefined && given.uid !== "" && given.uid !== before.uid) {
      const key = `/registry/${definition.plural}/${before.key}`;
      const failed = `Precondition failed: UID in precondition: ${given.uid}, UID in object meta: ${before.uid}`;
      const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${failed}`;
      throw conflict(definition, name, why);
    }
    const revision = given.resourceVersion ?? "";
    if (revision === "" && definition.custom) {
      const message = "Invalid value: 0x0: must be specified for an update";
      throw invalid(definition.kind, definition.group, name, [
        { reason: "FieldValueInvalid", field: "metadata.resourceVersion", message },
      ]);
    }
    if (revision !== "" && revision !== String(before.revision)) throw conflict(definition, name, MODIFIED);
  }

  #checkPreconditions(target: Target, name: string, { uid, resourceVersion }: Preconditions, before: StoredObject): void {
    const subject = { group: target.definition.group, plural: target.definition.kind };
    if (uid !== undefined && uid !== before.uid) {
      const why = `the UID in the precondition (${uid}) does not match the UID in record (${before.uid})`;
      throw conflict(subject, name, `${why}. The object might have been deleted and then recreated`);
    }
    const revision = String(before.revision);
    if (resourceVersion === undefined || resourceVersion === revision) return;
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${revision})`;
    throw conflict(subject, name, `${why}. The object might have been modified`);
  }

  #time(): string {
    return new Date(this.#now()).toISOString().replace(/\.\d+Z$/, "Z");
  }
}

function suffix(): string {
  return [...randomBytes(5)].map((byte) => SUFFIX[byte % SUFFIX.length]).join("");
}
