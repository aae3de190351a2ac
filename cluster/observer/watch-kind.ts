import { setTimeout as delay } from "node:timers/promises";
import type { KubeObject } from "../embedded/catalog/index.ts";
import type { ServedResource } from "../remote/resources.ts";
import type { ClusterHand } from "../provider.ts";
import { jsonBody, jsonLines } from "./json-lines.ts";

/** Told of a kind as it is and as it changes, in the order of the server. */
export interface KindListener {
  /** Everything of the kind, at this version. Again after a watch whose history the server had forgotten. */
  listed(objects: readonly KubeObject[], resourceVersion: string): void;
  changed(object: KubeObject): void;
  deleted(object: KubeObject): void;
}

/** What a watch is opened with. */
export interface KindWatch {
  readonly hand: ClusterHand;
  readonly resource: ServedResource;
  readonly listener: KindListener;
  /** How long the kind may stay out of sight before that counts as a gap, in milliseconds. */
  readonly gapMs: number;
  readonly signal: AbortSignal;
}

interface List {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly KubeObject[] | null;
}

interface WatchLine {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: KubeObject & { readonly code?: number; readonly message?: string };
}

const PAGE = 500;
const PAUSE_MS = 250;

/** The server no longer has what came after the version that was asked for. */
class ExpiredError extends Error {}

/** Lists a kind, tells it, and gives back the version from which to watch. @throws Error where the server refuses */
export async function listKind({ hand, resource, listener, signal }: KindWatch): Promise<string> {
  const { base, plural, kind, apiVersion } = resource;
  const objects: KubeObject[] = [];
  const query = new URLSearchParams({ limit: String(PAGE) });
  for (;;) {
    const path = `${base}/${plural}?${query.toString()}`;
    const answer = await hand.open(path, { signal });
    const body = await jsonBody(answer.body);
    if (answer.status === 410) {
      // The token of a long list expired: what was read is no state of any moment.
      objects.length = 0;
      query.delete("continue");
      continue;
    }
    if (answer.status !== 200) throw refusal(path, answer.status, body);
    const { metadata, items } = body as List;
    for (const item of items ?? []) objects.push({ ...item, kind, apiVersion });
    if (metadata.continue === undefined || metadata.continue === "") {
      listener.listed(objects, metadata.resourceVersion);
      return metadata.resourceVersion;
    }
    query.set("continue", metadata.continue);
  }
}

/**
 * Follows a kind from a version on until the signal is aborted. A watch that ends is opened again where it ended; one whose
 * history the server forgot begins with a fresh list.
 *
 * @throws Error where the kind stayed out of sight for too long
 */
export async function followKind(watch: KindWatch, from: string): Promise<void> {
  const { gapMs, signal } = watch;
  const progress: Progress = { version: from, seenAt: performance.now() };
  while (!signal.aborted) {
    try {
      await watchOnce(watch, progress);
    } catch (error) {
      if (signal.aborted) return;
      if (performance.now() - progress.seenAt > gapMs) throw outOfSight(watch, error);
      if (error instanceof ExpiredError) await listAgain(watch, progress);
    }
    // Nothing tells when a server is back.
    await delay(PAUSE_MS, undefined, { signal }).catch(() => {});
  }
}

/** Up to where a kind was seen, and when it was last in sight. */
interface Progress {
  version: string;
  seenAt: number;
}

async function watchOnce({ hand, resource, listener, signal }: KindWatch, progress: Progress): Promise<void> {
  const query = new URLSearchParams({ watch: "1", allowWatchBookmarks: "true", resourceVersion: progress.version });
  const path = `${resource.base}/${resource.plural}?${query.toString()}`;
  const answer = await hand.open(path, { signal });
  if (answer.status !== 200) {
    const body = await jsonBody(answer.body).catch(() => undefined);
    throw answer.status === 410 ? new ExpiredError(path) : refusal(path, answer.status, body);
  }
  try {
    for await (const line of jsonLines(answer.body)) {
      const { type, object } = line as WatchLine;
      if (type === "ERROR") {
        throw object.code === 410
          ? new ExpiredError(path)
          : new Error(`GET ${path}: ${object.message ?? JSON.stringify(object)}`);
      }
      if (type === "DELETED") listener.deleted(object);
      else if (type !== "BOOKMARK") listener.changed(object);
      progress.version = object.metadata.resourceVersion ?? progress.version;
    }
  } finally {
    // Until now it was in sight, whatever ended it.
    progress.seenAt = performance.now();
  }
}

/** What cannot be listed is still out of sight: the next watch is refused as this one was. */
async function listAgain(watch: KindWatch, progress: Progress): Promise<void> {
  try {
    progress.version = await listKind(watch);
    progress.seenAt = performance.now();
  } catch {
    // told by the watch that follows
  }
}

function outOfSight({ resource, gapMs }: KindWatch, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(`the harness could not see ${resource.plural} for ${Math.round(gapMs / 1000)} s: ${why}`, { cause });
}

/** What a request that was refused says. */
export function refusal(path: string, status: number, body: unknown): Error {
  const message = typeof body === "object" && body !== null && "message" in body ? String(body.message) : "";
  return new Error(`GET ${path}: status ${status}${message === "" ? "" : `, ${message}`}`);
}
