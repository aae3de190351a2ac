import type { ListQuery, ObjectRef } from "../port.ts";
import { notFound } from "./api/status.ts";
import { makeTarget, type Target } from "./api/target.ts";
import { resourceKey, type KubeObject, type KubernetesRelease, type ResourceDefinition } from "./catalog/index.ts";
import { parseLabelSelector } from "./selectors/labels.ts";
import type { ObjectStore } from "./storage/object-store.ts";
import { keyOf } from "./storage/stored-object.ts";
import { mergePatch } from "./writes/merge-patch.ts";
import { ObjectWriter } from "./writes/writer.ts";

const OPTIONS = { manager: "deepflow-conformance", raw: true } as const;

/** The harness's own hand in an embedded cluster (see Cluster). */
export class EmbeddedAdmin {
  readonly #store: ObjectStore;
  readonly #resources: readonly ResourceDefinition[];
  readonly #writer: ObjectWriter;

  constructor(store: ObjectStore, resources: readonly ResourceDefinition[], release: KubernetesRelease, now: () => number) {
    this.#store = store;
    this.#resources = resources;
    this.#writer = new ObjectWriter(store, release, now);
  }

  get(resource: string, ref: ObjectRef): KubeObject | undefined {
    const target = this.#target(resource, ref.namespace);
    return this.#store.resource(target.resource).get(keyOf(target.namespace, ref.name))?.object;
  }

  list(resource: string, query: ListQuery = {}): readonly KubeObject[] {
    const target = this.#target(resource, query.namespace);
    const labels = parseLabelSelector(query.labelSelector ?? "");
    return this.#store
      .resource(target.resource)
      .snapshot()
      .filter(({ key, metadata }) => key.startsWith(target.prefix) && (labels?.(metadata.labels ?? {}) ?? true))
      .map(({ object }) => object);
  }

  create(resource: string, object: KubeObject): KubeObject {
    return this.#writer.create(this.#target(resource, object.metadata.namespace), object, OPTIONS).object;
  }

  update(resource: string, object: KubeObject): KubeObject {
    const { namespace, name } = object.metadata;
    const target = this.#target(resource, namespace);
    const present = this.#store.resource(target.resource).get(keyOf(namespace, name));
    if (present === undefined) throw notFound(target.definition, name);
    const resourceVersion = object.metadata.resourceVersion ?? String(present.revision);
    const body = { ...object, metadata: { ...object.metadata, resourceVersion } };
    return this.#writer.update(target, name, body, OPTIONS).object;
  }

  patch(resource: string, ref: ObjectRef, patch: Readonly<Record<string, unknown>>): KubeObject {
    const target = this.#target(resource, ref.namespace);
    return this.#writer.modify(target, ref.name, (object) => mergePatch(object, patch), OPTIONS).object;
  }

  delete(resource: string, ref: ObjectRef): void {
    this.#writer.delete(this.#target(resource, ref.namespace), ref.name, {}, OPTIONS);
  }

  #target(resource: string, namespace: string | undefined): Target {
    const definition = this.#resources.find((candidate) => resourceKey(candidate) === resource);
    if (definition === undefined) throw new RangeError(`the cluster has no resource "${resource}"`);
    return makeTarget(definition, definition.storageVersion, definition.namespaced ? namespace : undefined);
  }
}
