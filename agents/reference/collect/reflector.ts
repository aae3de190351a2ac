import { pause, type Backoff } from "../backoff.ts";
import type { AgentBehaviour } from "../behaviour.ts";
import { reasonOf, type Log } from "../log.ts";
import { ApiError, type ApiClient } from "../kubernetes/api-client.ts";
import type { ApiResource } from "../kubernetes/resources.ts";
import type { Health } from "./health.ts";
import { listAll } from "./list.ts";
import type { ObjectStore } from "./object-store.ts";
import { watch, type WatchEvent } from "./watch.ts";

/** What all reflectors of one agent share. */
export interface ReflectorContext {
  readonly client: ApiClient;
  readonly behaviour: AgentBehaviour;
  readonly health: Health;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly pageSize: number;
  /** How long one watch lasts before it is taken up again where it ended. */
  readonly watchSeconds: number;
  readonly intervalMs: number;
  /** Waits between tries, for one resource. */
  readonly newBackoff: () => Backoff;
  /** Called when the store holds a complete list. */
  readonly onListed: () => void;
}

/** A watch that ends sooner, without having told anything, is not taken up again at once. */
const SHORT_WATCH_MS = 1_000;

/**
 * Keeps a store equal to a resource at the API server, until aborted: a list to its end, then watches, each from
 * where the last one ended. A new list is made only when the server no longer knows that place (410 Gone). Whatever
 * fails is tried again, ever more slowly; meanwhile the store keeps what it had, for trouble is no deletion.
 */
export async function reflect(resource: ApiResource, store: ObjectStore, context: ReflectorContext): Promise<void> {
  const { health, signal, log } = context;
  const backoff = context.newBackoff();
  let position: string | undefined;
  let known: string | undefined;
  let after: "list" | "watch" = "watch";
  while (!signal.aborted) {
    try {
      if (position === undefined) {
        position = await fill(resource, store, context, known);
        after = "list";
        log("info", "listed", { resource: resource.id, objects: store.size, resourceVersion: position });
      }
      known = position;
      if (context.behaviour.follow === "poll") {
        await pause(context.intervalMs, signal);
        position = undefined;
        continue;
      }
      const from = { position, resourceVersion: context.behaviour.watchFrom(position, after, resource) };
      after = "watch";
      position = await follow(resource, store, context, from, () => backoff.reset());
      known = position;
    } catch (error) {
      if (signal.aborted) return;
      const cause = error instanceof Interrupted ? error.cause : error;
      if (error instanceof Interrupted) known = error.position;
      // An expired position is no fault: the list that follows is tried in its own right.
      if (!isGone(cause)) health.failed(resource.id, reasonOf(cause));
      log("warn", "list or watch failed", { resource: resource.id, reason: reasonOf(cause) });
      const next = context.behaviour.afterFailure({
        during: error instanceof Interrupted ? "watch" : "list",
        status: cause instanceof ApiError ? cause.status : undefined,
        expired: isGone(cause),
      });
      if (next === "give-up") return;
      if (next === "forget") store.clear();
      position = next === "try-again" && error instanceof Interrupted ? error.position : undefined;
      const asked = cause instanceof ApiError ? cause.retryAfterMs : undefined;
      await pause(context.behaviour.waitAfterFailure(backoff.next(), asked), signal);
    }
  }
}

async function fill(
  resource: ApiResource,
  store: ObjectStore,
  context: ReflectorContext,
  known: string | undefined,
): Promise<string> {
  const { behaviour, client, pageSize, signal } = context;
  let listing = store.beginListing();
  const notOlderThan = behaviour.listNotOlderThan(known);
  const position = await listAll(client, resource, { pageSize, signal, notOlderThan, behaviour }, () => {
    listing = store.beginListing();
    return (objects) => listing.add(objects);
  });
  listing.commit(behaviour.relist);
  context.health.succeeded(resource.id);
  context.onListed();
  return position;
}

/** A watch broke off; `position` is how far it had come. */
class Interrupted extends Error {
  readonly position: string;
  constructor(position: string, cause: unknown) {
    super("interrupted", { cause });
    this.position = position;
  }
}

async function follow(
  resource: ApiResource,
  store: ObjectStore,
  context: ReflectorContext,
  from: { readonly position: string; readonly resourceVersion: string | undefined },
  onProgress: () => void,
): Promise<string> {
  const { behaviour, client, health, signal, watchSeconds } = context;
  const startedAt = performance.now();
  const { resourceVersion } = from;
  let { position } = from;
  const onOpen = () => health.succeeded(resource.id);
  health.began(resource.id);
  try {
    for await (const event of watch(client, resource, { resourceVersion, seconds: watchSeconds, signal, onOpen })) {
      position = event.object.metadata?.resourceVersion ?? position;
      apply(event, store, behaviour, resource);
      onProgress();
    }
  } catch (error) {
    if (performance.now() - startedAt >= SHORT_WATCH_MS) onProgress();
    throw new Interrupted(position, error);
  }
  if (position === from.position && performance.now() - startedAt < SHORT_WATCH_MS) {
    throw new Interrupted(position, new Error("the watch ended as soon as it began"));
  }
  onProgress();
  return position;
}

function apply(event: WatchEvent, store: ObjectStore, behaviour: AgentBehaviour, resource: ApiResource): void {
  if (event.type === "BOOKMARK" || !behaviour.acceptsEvent(event, store.size, resource)) return;
  if (event.type === "DELETED") store.remove(event.object.metadata?.uid ?? "");
  else store.put(event.object);
}

/** The server no longer knows the position, or never did: a restored API server is behind what it once said. */
function isGone(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 410 || error.status === 400 || (error.status === 504 && error.message.includes("resource version"));
}
