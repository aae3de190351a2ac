import { setMaxListeners } from "node:events";
import { ApiError } from "../embedded/api/status.ts";
import { ServedResources, type ServedResource } from "../remote/resources.ts";
import type { ClusterHand } from "../provider.ts";
import { jsonBody } from "./json-lines.ts";
import { seenOf, type Ledger } from "./ledger.ts";
import { followKind, listKind, refusal, type KindListener, type KindWatch } from "./watch-kind.ts";

/** What is observed, and who is told. */
export interface ObserverOptions {
  readonly hand: ClusterHand;
  /** Resource keys; those that the cluster does not serve are left out. */
  readonly resources: readonly string[];
  readonly ledger: Ledger;
  /** How long a kind may stay out of sight, in milliseconds; default 30000. */
  readonly gapMs?: number;
  /** Told once, where a kind was out of sight for longer: what was committed since is not known. */
  readonly onLost: (error: Error) => void;
  /** Aborting gives up the start. */
  readonly signal: AbortSignal;
}

/** The harness's own watches on a cluster. Disposing ends them. */
export type Observer = AsyncDisposable;

const GAP_MS = 30_000;

/**
 * Lists every kind into the ledger as what is there, and goes on to watch them.
 * @throws Error where the cluster refuses to list a kind that it serves
 */
export async function startObserver(options: ObserverOptions): Promise<Observer> {
  const { hand, ledger, gapMs = GAP_MS } = options;
  const leaving = new AbortController();
  setMaxListeners(0, leaving.signal); // one a watch
  const leave = () => leaving.abort(options.signal.reason);
  options.signal.throwIfAborted();
  options.signal.addEventListener("abort", leave, { once: true });
  let lost = false;

  const watches = (await servedOf(hand, options.resources)).map(([key, resource]): KindWatch => {
    const listener = listenerFor(ledger, key);
    return { hand, resource, listener, gapMs, signal: leaving.signal };
  });
  const following: Promise<void>[] = [];
  try {
    const versions = await Promise.all(watches.map(listKind));
    for (const [index, watch] of watches.entries()) {
      const followed = followKind(watch, versions[index] ?? "").catch((error: unknown) => {
        if (lost || leaving.signal.aborted) return;
        lost = true;
        options.onLost(error instanceof Error ? error : new Error(String(error)));
      });
      following.push(followed);
    }
  } catch (error) {
    leaving.abort();
    throw error;
  } finally {
    options.signal.removeEventListener("abort", leave);
  }
  return {
    async [Symbol.asyncDispose]() {
      leaving.abort();
      await Promise.all(following);
    },
  };
}

/** The first list is what is there; later ones follow a gap in the history. */
function listenerFor(ledger: Ledger, key: string): KindListener {
  let listedBefore = false;
  return {
    listed(objects, resourceVersion) {
      if (!listedBefore) {
        listedBefore = true;
        ledger.state(key, resourceVersion, objects.map(seenOf));
        return;
      }
      for (const object of objects) ledger.saw(key, seenOf(object));
      const uids = new Set(objects.map(({ metadata }) => metadata.uid ?? ""));
      ledger.sawWhole({ resource: key, resourceVersion, uids });
    },
    changed: (object) => ledger.saw(key, seenOf(object)),
    deleted: (object) => ledger.sawDeleted(key, seenOf(object)),
  };
}

async function servedOf(hand: ClusterHand, keys: readonly string[]): Promise<readonly (readonly [string, ServedResource])[]> {
  const served = new ServedResources({
    async call(path) {
      const answer = await hand.open(path);
      const body = await jsonBody(answer.body);
      if (answer.status !== 200) throw new ApiError(answer.status, "", refusal(path, answer.status, body).message);
      return body;
    },
  });
  const all = await served.all();
  return keys.flatMap((key) => {
    const resource = all.get(key);
    return resource?.verbs.includes("watch") === true && resource.verbs.includes("list") ? [[key, resource] as const] : [];
  });
}
