import { Buffer } from "node:buffer";
import type { ApiRecording } from "../recording.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import type { ResourceStore } from "../storage/resource-store.ts";
import { drained, flushHeaders, write, type EndReason, type Exchange } from "./exchange.ts";
import { selectorFilter, untilCached, type Patience } from "./list.ts";
import { parseRevision, type ListOptions } from "./list-options.ts";
import type { Media } from "./negotiate.ts";
import { expired } from "./status.ts";
import type { Target } from "./target.ts";
import { WatchFrames } from "./watch-frames.ts";
import { WatchSource, type WatchItem, type WatchStart } from "./watch-source.ts";

/** Frames are handed to the connection together up to about this size. */
const BATCH = 64 * 1024;

/** How watches are served; times in milliseconds. */
export interface WatchSettings {
  /** Duration of a watch that names no timeout. */
  readonly defaultTimeoutMs: () => number;
  readonly bookmarkIntervalMs: number;
  /** A watcher that does not read, with more changes than this ahead of it, is ended. */
  readonly backlog: number;
  readonly now: () => number;
}

/** A bookmark is sent this long before the timeout, so that a watcher resumes from a fresh place. */
const BOOKMARK_BEFORE_TIMEOUT_MS = 2000;

/**
 * Serves a watch until its timeout, its client's leaving, or its loss. The caller has validated the options.
 * A revision that is too old is answered by an ERROR event in a stream with HTTP 200, as the watch cache does.
 * @throws ApiError before anything was written
 */
export async function serveWatch(
  exchange: Exchange,
  store: ObjectStore,
  target: Target,
  options: ListOptions,
  media: Media,
  settings: WatchSettings,
  recording: ApiRecording,
  patience: Patience,
): Promise<void> {
  const filter = selectorFilter(target, options);
  const asked = parseRevision(options.resourceVersion);
  const resource = store.resource(target.resource);
  if (options.sendInitialEvents !== undefined) {
    // A cache that is to tell of everything asks etcd how far it is.
    resource.catchUp(store.revision);
    if (asked !== undefined) await untilCached(store, target, asked, patience);
  }
  const frames = new WatchFrames(target, media, exchange.info.query, settings.now);
  exchange.reply.writeHead(200, { "content-type": "application/json", "cache-control": "no-cache, private" });
  flushHeaders(exchange.reply);
  const streamed = options.sendInitialEvents === true;
  if (asked !== undefined && asked > 0 && !streamed && asked < resource.oldest) {
    const { status } = expired(`too old resource version: ${asked} (${resource.oldest})`);
    recording.event(exchange.req, target.resource, "ERROR", undefined);
    write(exchange.reply, frames.error(status));
    exchange.endReason = "server";
    exchange.reply.end();
    return;
  }
  const source = new WatchSource(resource, filter, startOf(resource, options, asked));
  await new WatchSession(exchange, source, frames, target, options, resource, settings, recording).run();
}

function startOf(resource: ResourceStore, options: ListOptions, asked: number | undefined): WatchStart {
  const now = resource.cached;
  if (options.sendInitialEvents === true) {
    return { initial: resource.snapshot(), revision: now, announceEnd: options.allowWatchBookmarks };
  }
  if (asked !== undefined && asked > 0) return { initial: [], revision: asked, announceEnd: false };
  if (options.sendInitialEvents === false) return { initial: [], revision: now, announceEnd: false };
  return { initial: resource.snapshot(), revision: now, announceEnd: false };
}

/** One watch that has begun: pumps what is there, waits for more, and never writes faster than the client reads. */
class WatchSession {
  readonly #exchange: Exchange;
  readonly #source: WatchSource;
  readonly #frames: WatchFrames;
  readonly #target: Target;
  readonly #options: ListOptions;
  readonly #resource: ResourceStore;
  readonly #settings: WatchSettings;
  readonly #recording: ApiRecording;
  #blocked = false;
  #over = false;
  #finish: () => void = () => {};

  constructor(
    exchange: Exchange,
    source: WatchSource,
    frames: WatchFrames,
    target: Target,
    options: ListOptions,
    resource: ResourceStore,
    settings: WatchSettings,
    recording: ApiRecording,
  ) {
    this.#exchange = exchange;
    this.#source = source;
    this.#frames = frames;
    this.#target = target;
    this.#options = options;
    this.#resource = resource;
    this.#settings = settings;
    this.#recording = recording;
  }

  async run(): Promise<void> {
    const asked = this.#options.timeoutSeconds ?? 0;
    const lifetimeMs = asked > 0 ? asked * 1000 : this.#settings.defaultTimeoutMs();
    const { signal } = this.#exchange;
    const ended = new Promise<void>((resolve) => (this.#finish = resolve));
    const unsubscribe = this.#resource.subscribe(() => this.#pump());
    const timeout = setTimeout(() => this.#end("timeout"), Math.min(lifetimeMs, 2 ** 31 - 1));
    const stopBookmarks = this.#options.allowWatchBookmarks ? this.#scheduleBookmarks(lifetimeMs) : () => {};
    const leave = () => this.#end(signal.reason as EndReason);
    signal.addEventListener("abort", leave);
    if (signal.aborted) leave();
    this.#pump();
    await ended;
    unsubscribe();
    clearTimeout(timeout);
    stopBookmarks();
    signal.removeEventListener("abort", leave);
  }

  #end(reason: EndReason): void {
    if (this.#over) return;
    this.#over = true;
    this.#exchange.endReason ??= reason;
    if (!this.#exchange.signal.aborted) this.#exchange.reply.end();
    this.#finish();
  }

  #pump(): void {
    while (!this.#over && !this.#blocked) {
      const batch: WatchItem[] = [];
      const pieces: Buffer[] = [];
      for (let size = 0; size < BATCH;) {
        const item = this.#source.next();
        if (item === undefined) break;
        const frame = this.#frames.frame(item);
        batch.push(item);
        pieces.push(frame);
        size += frame.length;
      }
      if (batch.length === 0) break;
      this.#deliver(batch, pieces);
    }
    const { behind } = this.#source;
    if (behind === Number.POSITIVE_INFINITY || (this.#blocked && behind > this.#settings.backlog)) this.#end("server");
  }

  #deliver(batch: readonly WatchItem[], pieces: readonly Buffer[]): void {
    const { req, reply } = this.#exchange;
    for (const item of batch) {
      const what = item.type === "BOOKMARK" ? item.revision : item.object;
      const last = item.type === "BOOKMARK" && item.initialEventsEnd;
      this.#recording.event(req, this.#target.resource, item.type, what, last);
    }
    this.#blocked = !write(reply, pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces));
    if (!this.#blocked) return;
    void this.#resume();
  }

  async #resume(): Promise<void> {
    const open = await drained(this.#exchange);
    this.#blocked = false;
    if (open) this.#pump();
  }

  #scheduleBookmarks(lifetimeMs: number): () => void {
    const startedAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const next = () => {
      const beforeTimeout = startedAt + lifetimeMs - BOOKMARK_BEFORE_TIMEOUT_MS - performance.now();
      const regular = this.#settings.bookmarkIntervalMs;
      const delay = beforeTimeout > 0 ? Math.min(regular, beforeTimeout) : regular;
      timer = setTimeout(() => {
        // A bookmark says that everything before it was delivered, so one that cannot be true yet is left out; so is one that
        // says no more than the watcher knew when it began: of a resource at rest there are none.
        const { cached: revision } = this.#resource;
        if (!this.#over && !this.#blocked && revision > this.#source.startRevision) {
          const bookmark: WatchItem = { type: "BOOKMARK", revision, initialEventsEnd: false };
          this.#deliver([bookmark], [this.#frames.frame(bookmark)]);
        }
        next();
      }, delay);
    };
    next();
    return () => clearTimeout(timer);
  }
}
