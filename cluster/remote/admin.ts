import { ApiError } from "../embedded/api/status.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import type { ListQuery, ObjectRef } from "../port.ts";
import type { AdminClient } from "./client.ts";
import { awaitObjects } from "./await-objects.ts";
import { ServedResources, type ServedResource } from "./resources.ts";

interface ObjectList {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  /** Without their type, which the list tells. */
  readonly items: readonly { readonly metadata: KubeObject["metadata"]; readonly [field: string]: unknown }[];
}

/**
 * How a deleted Namespace comes to its end. `finalize`: the harness empties it and lets it go, as the namespace controller
 * would, where there is none or it takes its time; `await`: the controller does it, and that is waited for.
 */
export type NamespaceEnd = "finalize" | "await";

const PAGE = 500;
const MERGE_PATCH = "application/merge-patch+json";
/** The controller waits some seconds by itself; a finalizer of somebody else's may hold the namespace for longer. */
const NAMESPACE_BUDGET_MS = 60_000;

/** The harness's own hand in a cluster that is reached over HTTPS alone (see Cluster). */
export class RemoteAdmin {
  readonly #client: AdminClient;
  readonly #resources: ServedResources;
  readonly #namespaceEnd: NamespaceEnd;

  constructor(client: AdminClient, namespaceEnd: NamespaceEnd) {
    this.#client = client;
    this.#resources = new ServedResources(client);
    this.#namespaceEnd = namespaceEnd;
  }

  /** Every resource that is served, by key. */
  async resources(): Promise<ReadonlyMap<string, ServedResource>> {
    return this.#resources.all();
  }

  async get(key: string, ref: ObjectRef): Promise<KubeObject | undefined> {
    const resource = await this.#resources.find(key);
    try {
      return (await this.#client.call(pathOf(resource, ref.namespace, ref.name))) as KubeObject;
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined;
      throw error;
    }
  }

  async list(key: string, query: ListQuery = {}): Promise<readonly KubeObject[]> {
    const resource = await this.#resources.find(key);
    const { kind, apiVersion } = resource;
    const parameters = new URLSearchParams({ limit: String(PAGE) });
    if (query.labelSelector !== undefined) parameters.set("labelSelector", query.labelSelector);
    const found: KubeObject[] = [];
    for (;;) {
      const page = (await this.#client.call(`${pathOf(resource, query.namespace)}?${parameters.toString()}`)) as ObjectList;
      for (const item of page.items) found.push({ ...item, kind, apiVersion });
      if (page.metadata.continue === undefined || page.metadata.continue === "") return found;
      parameters.set("continue", page.metadata.continue);
    }
  }

  async create(key: string, object: KubeObject): Promise<KubeObject> {
    const resource = await this.#resources.find(key);
    // What only the server sets would be refused or ignored.
    const { uid: _uid, resourceVersion: _version, creationTimestamp: _time, ...metadata } = object.metadata;
    const path = pathOf(resource, metadata.namespace);
    const made = (await this.#client.call(path, { method: "POST", body: { ...object, metadata } })) as KubeObject;
    // A patch: controllers may have written to the object meanwhile.
    return this.#withStatus(resource, made, object["status"], (path, status) =>
      this.#client.call(path, { method: "PATCH", contentType: MERGE_PATCH, body: { status } }),
    );
  }

  async update(key: string, object: KubeObject): Promise<KubeObject> {
    const resource = await this.#resources.find(key);
    const { namespace, name } = object.metadata;
    const path = pathOf(resource, namespace, name);
    const resourceVersion =
      object.metadata.resourceVersion ?? ((await this.#client.call(path)) as KubeObject).metadata.resourceVersion;
    const body = { ...object, metadata: { ...object.metadata, resourceVersion } };
    const written = (await this.#client.call(path, { method: "PUT", body })) as KubeObject;
    return this.#withStatus(resource, written, object["status"] ?? {}, (path, status) =>
      this.#client.call(path, { method: "PUT", body: { ...written, status } }),
    );
  }

  async patch(key: string, ref: ObjectRef, patch: Readonly<Record<string, unknown>>): Promise<KubeObject> {
    const resource = await this.#resources.find(key);
    const path = pathOf(resource, ref.namespace, ref.name);
    const send = async (to: string, body: unknown) =>
      (await this.#client.call(to, { method: "PATCH", contentType: MERGE_PATCH, body })) as KubeObject;
    if (!resource.hasStatus || !("status" in patch)) return send(path, patch);
    const { status, ...rest } = patch;
    if (Object.keys(rest).length > 0) await send(path, rest);
    return send(`${path}/status`, { status });
  }

  async delete(key: string, ref: ObjectRef): Promise<void> {
    const resource = await this.#resources.find(key);
    const path = pathOf(resource, ref.namespace, ref.name);
    const body = { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0, propagationPolicy: "Background" };
    await this.#client.call(path, { method: "DELETE", body });
    if (key !== "namespaces") return;
    if (this.#namespaceEnd === "finalize") await this.#finalize(ref.name);
    else await awaitNamespaceEnd(this.#client, ref.name);
  }

  /** A list from etcd is read at the revision that the whole store has then. */
  async resourceVersion(): Promise<string> {
    return ((await this.#client.call("/api/v1/namespaces?limit=1")) as ObjectList).metadata.resourceVersion;
  }

  /** The object with its status, which has a path of its own. */
  async #withStatus(
    resource: ServedResource,
    object: KubeObject,
    status: unknown,
    write: (path: string, status: unknown) => Promise<unknown>,
  ): Promise<KubeObject> {
    if (status === undefined || !resource.hasStatus) return object;
    if (JSON.stringify(object["status"] ?? {}) === JSON.stringify(status)) return object;
    const path = `${pathOf(resource, object.metadata.namespace, object.metadata.name)}/status`;
    return (await write(path, status)) as KubeObject;
  }

  /** What the namespace controller does: empties a namespace and lets it go. Others may delete the same meanwhile. */
  async #finalize(name: string): Promise<void> {
    for (const resource of (await this.#resources.all()).values()) {
      if (!resource.namespaced || !resource.verbs.includes("list") || !resource.verbs.includes("delete")) continue;
      const path = pathOf(resource, name);
      for (const { metadata } of ((await this.#client.call(path)) as ObjectList).items) {
        // By default a ReplicationController waits for the garbage collector, and would be left over in no namespace at all.
        const body = { gracePeriodSeconds: 0, propagationPolicy: "Background" };
        const gone = this.#client.call(`${path}/${metadata.name}`, { method: "DELETE", body });
        await unlessGone(gone);
      }
    }
    const namespace = await this.get("namespaces", { name });
    if (namespace === undefined) return;
    // Without a version, since the namespace controller may be writing to it at this moment, to the same end.
    const { resourceVersion: _, ...metadata } = namespace.metadata;
    const body = { ...namespace, metadata, spec: { finalizers: [] } };
    try {
      await unlessGone(this.#client.call(`/api/v1/namespaces/${name}/finalize`, { method: "PUT", body }));
    } catch (error) {
      // The controller that lets it go while this is under way makes a conflict of it.
      const conflict = error instanceof ApiError && error.code === 409;
      if (!conflict || (await this.get("namespaces", { name }))?.metadata.uid === metadata.uid) throw error;
    }
  }
}

async function awaitNamespaceEnd(client: AdminClient, name: string): Promise<void> {
  const path = `/api/v1/namespaces?fieldSelector=metadata.name%3D${encodeURIComponent(name)}`;
  await awaitObjects(client, path, (found) => found.size === 0, {
    what: `namespace ${name} is still there, terminating`,
    budgetMs: NAMESPACE_BUDGET_MS,
  });
}

/** Awaits a request about an object that may have gone meanwhile. */
async function unlessGone(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 404)) throw error;
  }
}

/** Path of a resource, or of one object of it. */
export function pathOf({ base, plural, namespaced }: ServedResource, namespace?: string, name?: string): string {
  const place = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${base}${place}/${plural}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
}
