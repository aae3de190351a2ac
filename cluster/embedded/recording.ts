import type { Recorder } from "../../transcript/index.ts";
import type { ApiRecord, ApiWatchEvent, ItemRef } from "../events.ts";
import type { EndReason } from "./api/exchange.ts";
import type { RequestInfo } from "./api/request-info.ts";
import type { ObjectStore } from "./storage/object-store.ts";
import type { Change } from "./storage/resource-store.ts";
import type { StoredObject } from "./storage/stored-object.ts";

/** Whose blobs hold which objects already: clusters that record into one transcript share the answer. */
const recorded = new WeakMap<object, WeakSet<StoredObject>>();

/** Writes the API side of a transcript (`cluster/events.ts`). Without a recorder it does nothing. */
export class ApiRecording {
  readonly #recorder: Recorder | undefined;
  readonly #known: WeakSet<StoredObject>;

  constructor(recorder: Recorder | undefined) {
    this.#recorder = recorder;
    // All recorders of one transcript share the function that keeps its blobs, so it stands for the transcript.
    const transcript = recorder === undefined ? undefined : (Reflect.get(recorder, "blob") as object);
    this.#known = (transcript === undefined ? undefined : recorded.get(transcript)) ?? new WeakSet();
    if (transcript !== undefined) recorded.set(transcript, this.#known);
  }

  /** What the cluster was filled with: one line per resource that holds something. */
  state(store: ObjectStore): void {
    for (const [resource, objects] of store.resources) {
      const items = objects.snapshot();
      if (items.length === 0) continue;
      this.#record(() => ({
        side: "api",
        kind: "state",
        resource,
        resourceVersion: String(store.revision),
        items: items.map((item) => this.#ref(resource, item)),
      }));
    }
  }

  commit(resource: string, change: Change): void {
    const { namespace, name } = change.object.metadata;
    this.#record(() => ({
      side: "api",
      kind: "commit",
      change: change.type,
      resource,
      ...(namespace === undefined ? {} : { namespace }),
      name,
      item: this.#ref(resource, change.object),
    }));
  }

  /** @param resource key of the resource, where the path names one that is served */
  request(
    req: number,
    method: string,
    target: string,
    info: RequestInfo,
    resource: string | undefined,
    client: { readonly userAgent: string | undefined; readonly protocol: "HTTP/1.1" | "HTTP/2" },
  ): void {
    if (req === 0) return;
    this.#record(() => ({
      side: "api",
      kind: "request",
      req,
      method,
      verb: info.isResource ? info.verb : "get",
      path: target,
      ...(resource === undefined ? {} : { resource }),
      ...(info.isResource && info.namespace !== undefined ? { namespace: info.namespace } : {}),
      ...(info.isResource && info.name !== undefined ? { name: info.name } : {}),
      ...(client.userAgent === undefined ? {} : { userAgent: client.userAgent }),
      protocol: client.protocol,
    }));
  }

  page(req: number, resource: string, revision: number, more: boolean, items: readonly StoredObject[]): void {
    if (req === 0) return;
    this.#record(() => ({
      side: "api",
      kind: "page",
      req,
      resource,
      resourceVersion: String(revision),
      more,
      items: items.map((item) => this.#ref(resource, item)),
    }));
  }

  /** @param item the object delivered; the revision of a BOOKMARK; nothing for an ERROR */
  event(
    req: number,
    resource: string,
    type: ApiWatchEvent["type"],
    item: StoredObject | number | undefined,
    initialEventsEnd = false,
  ): void {
    if (req === 0) return;
    this.#record(() => ({
      side: "api",
      kind: "event",
      req,
      resource,
      type,
      ...(item === undefined ? {} : { item: typeof item === "number" ? ["", String(item), null] : this.#ref(resource, item) }),
      ...(initialEventsEnd ? { initialEventsEnd } : {}),
    }));
  }

  end(req: number, status: number, reason: EndReason): void {
    if (req === 0) return;
    this.#record(() => ({ side: "api", kind: "end", req, status, reason }));
  }

  #ref(resource: string, object: StoredObject): ItemRef {
    const revision = String(object.revision);
    // A Secret's body stays out of the record, and so does what could confirm a guess at it.
    if (resource === "secrets") return [object.uid, revision, null];
    if (!this.#known.has(object)) {
      this.#known.add(object);
      const digest = this.#recorder?.blob(object.encode().bytes);
      if (digest !== undefined) object.rememberSha256(digest);
    }
    return [object.uid, revision, object.sha256];
  }

  #record(make: () => ApiRecord): void {
    this.#recorder?.record(make());
  }
}
