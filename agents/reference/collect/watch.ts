import { ApiError, type ApiClient } from "../kubernetes/api-client.ts";
import { isObject, type KubeObject } from "../kubernetes/objects.ts";
import type { ApiResource } from "../kubernetes/resources.ts";

/** A change, as a watch tells it. */
export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  readonly object: KubeObject;
}

/** What a watch asks for. */
export interface WatchOptions {
  /** From where on; undefined: from wherever the server is. */
  readonly resourceVersion: string | undefined;
  /** After so long the server shall end the watch. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Called when the server has accepted the watch. */
  readonly onOpen: () => void;
}

/** How much longer than agreed a watch may stay open before it counts as dead. */
const OVERTIME_MS = 5_000;

/**
 * Watches a resource until the server ends it. A watch that outlives the time agreed is cut: its connection leads
 * nowhere, and nothing else would tell, since a quiet watch and a dead one look alike.
 *
 * @throws ApiError for a refusal and for an ERROR event; an error of the connection where it breaks
 */
export async function* watch(client: ApiClient, resource: ApiResource, options: WatchOptions): AsyncGenerator<WatchEvent> {
  const query = new URLSearchParams({
    watch: "true",
    allowWatchBookmarks: "true",
    ...(options.resourceVersion === undefined ? {} : { resourceVersion: options.resourceVersion }),
    timeoutSeconds: String(options.seconds),
    ...(resource.fieldSelector === undefined ? {} : { fieldSelector: resource.fieldSelector }),
  });
  const cut = new AbortController();
  const onStop = () => cut.abort(options.signal.reason);
  options.signal.addEventListener("abort", onStop, { once: true });
  const overdue = setTimeout(() => cut.abort(new Error("the watch went dead")), options.seconds * 1000 + OVERTIME_MS);
  try {
    for await (const event of client.stream(`${resource.path}?${query.toString()}`, cut.signal, options.onOpen)) {
      if (!isObject(event) || !isObject(event["object"])) throw new Error("the watch sent what is no event");
      if (event["type"] === "ERROR") throw errorOf(event["object"]);
      yield event as unknown as WatchEvent;
    }
  } finally {
    clearTimeout(overdue);
    options.signal.removeEventListener("abort", onStop);
  }
}

function errorOf(status: Record<string, unknown>): ApiError {
  return new ApiError(
    Number(status["code"] ?? 0),
    typeof status["message"] === "string" ? status["message"] : "the watch failed",
  );
}
