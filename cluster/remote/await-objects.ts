import type { KubeObject } from "../embedded/catalog/index.ts";
import type { AdminClient } from "./client.ts";

/** How long something may take, and what is said where it takes longer. */
export interface AwaitOptions {
  readonly budgetMs: number;
  /** A sentence without an end: what is (still) the case, for the error. */
  readonly what: string | ((objects: ReadonlyMap<string, KubeObject>) => string);
  readonly signal?: AbortSignal;
}

interface ObjectList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubeObject[];
}

interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: KubeObject;
}

/**
 * Waits, by list and watch, until the objects at a path are as wanted, and gives them by uid.
 * @param path of a collection, possibly with selectors
 * @throws Error that says what is still the case when the budget has run out; the signal's reason
 */
export async function awaitObjects(
  client: AdminClient,
  path: string,
  wanted: (objects: ReadonlyMap<string, KubeObject>) => boolean,
  options: AwaitOptions,
): Promise<ReadonlyMap<string, KubeObject>> {
  const over = new AbortController();
  let objects = new Map<string, KubeObject>();
  const timer = setTimeout(() => {
    const what = typeof options.what === "string" ? options.what : options.what(objects);
    over.abort(new Error(`${what} after ${options.budgetMs} ms`));
  }, options.budgetMs);
  const onAbort = () => over.abort(options.signal?.reason);
  options.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    options.signal?.throwIfAborted();
    for (;;) {
      const list = (await client.call(path, {}, over.signal)) as ObjectList;
      objects = new Map(list.items.map((object) => [uidOf(object), object]));
      if (wanted(objects)) return objects;
      const query = `watch=1&resourceVersion=${list.metadata.resourceVersion}`;
      for await (const line of client.lines(`${path}${path.includes("?") ? "&" : "?"}${query}`, over.signal)) {
        const { type, object } = line as WatchEvent;
        if (type === "ERROR") break; // the next list tells
        if (type === "BOOKMARK") continue;
        if (type === "DELETED") objects.delete(uidOf(object));
        else objects.set(uidOf(object), object);
        if (wanted(objects)) return objects;
      }
    }
  } catch (error) {
    over.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", onAbort);
    over.abort();
  }
}

function uidOf({ metadata }: KubeObject): string {
  return metadata.uid ?? "";
}
