import { createHash } from "node:crypto";
import type { SyncEntry, SyncMessage } from "../../proto/index.ts";
import { encodeEntry } from "./collect/entry.ts";
import type { StoredEntry } from "./collect/object-store.ts";
import { trimObject } from "./collect/trim.ts";
import type { WatchEvent } from "./collect/watch.ts";
import type { ClusterAccess } from "./kubernetes/access.ts";
import type { KubeObject } from "./kubernetes/objects.ts";
import type { ApiResource } from "./kubernetes/resources.ts";

/** What is known when a beat is due. */
export interface Beat {
  /** The collected state differs from the last snapshot (or there is none yet). */
  readonly changed: boolean;
  /** The last snapshot was answered. */
  readonly acknowledged: boolean;
  /** error_msg is not empty. */
  readonly failing: boolean;
  readonly agentId: number;
}

/** A list or watch that failed. */
export interface ApiFailure {
  readonly during: "list" | "watch";
  /** HTTP status, or the code in an ERROR event; undefined where the connection broke. */
  readonly status: number | undefined;
  /** The server no longer knows the position that the watch began at. */
  readonly expired: boolean;
}

/** What a beat sends: the whole snapshot, no entries (a heartbeat), or nothing at all. */
export type BeatContent = "all-entries" | "no-entries" | "nothing";

/**
 * The decisions of the agent, one function each. Everything else (connections, retries, bookkeeping) is the same for
 * every agent. Give `startPseudoAgent` your own ones to change what it does.
 */
export interface AgentBehaviour {
  /** What GetKubernetesClusterID is asked by, of the bytes of the cluster's CA certificate. */
  digestCa(ca: Buffer): string;
  /** Called once, before anything is listed. */
  beforeStart(access: ClusterAccess, signal: AbortSignal): Promise<void>;
  /** Of the resources that were chosen and that the API server offers: which to collect. */
  chooseResources(resources: readonly ApiResource[]): readonly ApiResource[];
  /** How changes are learned of. */
  readonly follow: "watch" | "poll";
  /** Whether a watch event is taken into the store, which holds so many objects. */
  acceptsEvent(event: WatchEvent, stored: number, resource: ApiResource): boolean;
  /** Whether lists are asked for in pages, and how far they are read. */
  readonly paging: "to-the-end" | "first-page" | "none";
  /**
   * The resourceVersion that a list may not be older than, of the place that lists and watches had come to; such a list is whole.
   * Undefined: of the latest state.
   */
  listNotOlderThan(position: string | undefined): string | undefined;
  /** What a list is begun anew by, or ended as it stands, when the token of its next page expired. */
  readonly expiredToken: "begin-anew" | "keep-pages" | "end-list";
  /** What a fresh list does to what was there before. */
  readonly relist: "replace" | "merge";
  /** From where to watch, after a list or a watch that had come so far; undefined: from wherever the server is. */
  watchFrom(position: string, after: "list" | "watch", resource: ApiResource): string | undefined;
  /**
   * What follows a list or watch that failed, or a watch that was cut: another try from where it was, a fresh list, the
   * same after forgetting what was there, or nothing ever more. `expired`: the server no longer knows the position.
   */
  afterFailure(failure: ApiFailure): "try-again" | "list" | "forget" | "give-up";
  /** Milliseconds until then: what the growing backoff says, and what Retry-After asked for. */
  waitAfterFailure(backoffMs: number, retryAfterMs: number | undefined): number;
  /** Whether so many kinds that were listed to their end, of so many, make a first snapshot. */
  isWhole(listed: number, kinds: number): boolean;
  /** What is uploaded of an object. */
  trim(object: KubeObject, resource: ApiResource): KubeObject;
  /** An object as an entry. */
  encode(type: string, object: KubeObject): SyncEntry;
  /** The entries of a snapshot: the version info first, then what was collected. */
  compose(versionInfo: SyncEntry, collected: readonly StoredEntry[]): readonly SyncEntry[];
  /** The version for new content, for a beat without it, and for a snapshot that is sent again. */
  nextVersion(current: bigint, occasion: "changed" | "beat" | "resend"): bigint;
  beat(beat: Beat): BeatContent;
  /** Whether an answer to a heartbeat calls for all entries at once. */
  wantsEverything(sent: bigint, answered: bigint | undefined): boolean;
  /** Milliseconds from a failed beat to the next: what is left of the interval, and what the growing backoff says. */
  retryAfter(restMs: number, backoffMs: number): number;
  /** Told of each failed call: a gRPC status code, where there is one. */
  callFailed(code: number | undefined): void;
  /** The version of this life's first snapshot: above every version of an earlier life. */
  firstVersion(): bigint;
  /** Last look at a message before it is sent. */
  finish(message: SyncMessage): SyncMessage;
}

/** A server that asks for more is not believed. */
const MOST_RETRY_AFTER_MS = 60_000;

/** What a pseudo-agent should do, by protocol.md 2.2 and 5. */
export const defaultBehaviour: AgentBehaviour = {
  digestCa: (ca) => createHash("md5").update(ca).digest("hex"),
  beforeStart: async () => {},
  chooseResources: (resources) => resources,
  follow: "watch",
  acceptsEvent: () => true,
  paging: "to-the-end",
  // The API server's cache of a resource at rest never comes to a revision that others moved: it would wait, and answer 504.
  listNotOlderThan: () => undefined,
  // Pages of two lists make a state that never was.
  expiredToken: "begin-anew",
  relist: "replace",
  watchFrom: (position) => position,
  // Trouble is no deletion: what was there stays until a list was read to its end.
  afterFailure: ({ expired }) => (expired ? "list" : "try-again"),
  waitAfterFailure: (backoffMs, retryAfterMs = 0) => Math.max(backoffMs, Math.min(MOST_RETRY_AFTER_MS, retryAfterMs)),
  // What is missing from a snapshot counts as deleted.
  isWhole: (listed, kinds) => listed === kinds,
  trim: trimObject,
  encode: encodeEntry,
  compose: (versionInfo, collected) => [versionInfo, ...collected.map((stored) => stored.entry)],
  // One content, one version, for ever: a server that holds this version would drop other entries under it.
  nextVersion: (current, occasion) => (occasion === "changed" ? current + 1n : current),
  // Under agent id 0 the server drops heartbeats and never answers with a version (2.2 rows 9, 10), and an
  // error_msg should come with the entries of the last snapshot.
  beat: ({ changed, acknowledged, failing, agentId }) =>
    changed || !acknowledged || failing || agentId === 0 ? "all-entries" : "no-entries",
  // The server holds another snapshot or none (2.2 row 5): it forgot, or someone else wrote.
  wantsEverything: (sent, answered) => answered !== sent,
  // Soon again, then ever more slowly, but never more often than the interval.
  retryAfter: (restMs, backoffMs) => Math.max(restMs, backoffMs),
  callFailed: () => {},
  // Milliseconds since the epoch: even a life of the same second begins above the versions of the last one, since a life
  // takes at most one version an interval. (The real agent counts from seconds: protocol.md 5.1.)
  firstVersion: () => BigInt(Date.now()),
  finish: (message) => message,
};
