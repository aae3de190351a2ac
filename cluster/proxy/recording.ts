import type { Recorder } from "../../transcript/index.ts";
import type { EndReason } from "../embedded/api/exchange.ts";
import type { ApiRecord, ApiWatchEvent, ItemRef } from "../events.ts";
import type { ProxyExchange } from "./exchange.ts";
import type { ListHead } from "./list-scanner.ts";
import type { SeenObject } from "./seen-object.ts";

interface KnownForm {
  readonly resourceVersion: string;
  readonly length: number;
  readonly sha256: string;
}

/** Writes the API side of a transcript as the embedded server does (`cluster/events.ts`). Without a recorder it does nothing. */
export class ProxyRecording {
  readonly #recorder: Recorder | undefined;
  /** The form of an object that was recorded last: one that comes again under its resourceVersion need not be hashed again. */
  readonly #known = new Map<string, KnownForm>();

  constructor(recorder: Recorder | undefined) {
    this.#recorder = recorder;
  }

  request({ req, request, info, resource }: ProxyExchange): void {
    const userAgent = request.headers["user-agent"];
    this.#record(() => ({
      side: "api",
      kind: "request",
      req,
      method: request.method ?? "GET",
      verb: info.isResource ? info.verb : "get",
      path: request.url ?? "/",
      ...(resource === undefined ? {} : { resource }),
      ...(info.isResource && info.namespace !== undefined ? { namespace: info.namespace } : {}),
      ...(info.isResource && info.name !== undefined ? { name: info.name } : {}),
      ...(userAgent === undefined ? {} : { userAgent }),
      protocol: request.httpVersionMajor === 2 ? "HTTP/2" : "HTTP/1.1",
    }));
  }

  page(req: number, resource: string, head: ListHead, items: readonly ItemRef[]): void {
    const { resourceVersion } = head;
    const more = head.continue !== "";
    this.#record(() => ({ side: "api", kind: "page", req, resource, resourceVersion, more, items }));
  }

  /** @param item absent for an ERROR */
  event(req: number, resource: string, type: ApiWatchEvent["type"], item?: ItemRef, initialEventsEnd = false): void {
    this.#record(() => ({
      side: "api",
      kind: "event",
      req,
      resource,
      type,
      ...(item === undefined ? {} : { item }),
      ...(initialEventsEnd ? { initialEventsEnd } : {}),
    }));
  }

  end({ req, unread }: ProxyExchange, status: number, reason: EndReason): void {
    this.#record(() => ({ side: "api", kind: "end", req, status, reason, ...(unread === undefined ? {} : { unread }) }));
  }

  fault(spec: { readonly fault: string }, event: "scripted" | "fired" | "removed", req?: number): void {
    const fault = JSON.stringify(spec);
    this.#record(() => ({ side: "api", kind: "fault", fault, event, ...(req === undefined ? {} : { req }) }));
  }

  /** Refers to an object, whose bytes it sees to. A Secret's stay out of the record, and so does what could confirm a guess at them. */
  ref(resource: string, object: SeenObject): ItemRef {
    const { uid, resourceVersion, length } = object;
    if (resource === "secrets" || this.#recorder === undefined) return [uid, resourceVersion, null];
    if (uid === "" || resourceVersion === "") return [uid, resourceVersion, this.#recorder.blob(object.bytes)];
    const key = `${resource} ${uid}`;
    const known = this.#known.get(key);
    if (known?.resourceVersion === resourceVersion && known.length === length) return [uid, resourceVersion, known.sha256];
    const sha256 = this.#recorder.blob(object.bytes);
    this.#known.set(key, { resourceVersion, length, sha256 });
    return [uid, resourceVersion, sha256];
  }

  #record(make: () => ApiRecord): void {
    this.#recorder?.record(make());
  }
}
