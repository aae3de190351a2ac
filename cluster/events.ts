import type { TranscriptEvent } from "../transcript/index.ts";

/**
 * What the Kubernetes API side records: what was committed, and what was delivered to the agent.
 * A resource is named as kubectl names it: `pods`, `deployments.apps`, `ingresses.networking.k8s.io`.
 */

/** One object at one moment. Third: SHA-256 of the blob with its JSON as served; null for a Secret. */
export type ItemRef = readonly [uid: string, resourceVersion: string, sha256: string | null];

/** All objects of a resource when the cluster was filled: each counts as created by this line. */
export interface ApiState extends TranscriptEvent {
  readonly side: "api";
  readonly kind: "state";
  readonly resource: string;
  readonly resourceVersion: string;
  readonly items: readonly ItemRef[];
}

/** The API server committed a change. For a deletion, `item` is the object as it was last, under the version of the deletion. */
export interface ApiCommit extends TranscriptEvent {
  readonly side: "api";
  readonly kind: "commit";
  readonly change: "created" | "modified" | "deleted";
  readonly resource: string;
  readonly namespace?: string;
  readonly name: string;
  readonly item: ItemRef;
}

/** A request reached the API server. `req` numbers the requests of one server from 1. */
export interface ApiRequest extends TranscriptEvent {
  readonly side: "api";
  readonly kind: "request";
  readonly req: number;
  readonly method: string;
  /** Kubernetes verb (`get`, `list`, `watch`, `create`, …); `get` for non-resource paths. */
  readonly verb: string;
  /** Path with query; credentials never appear in it. */
  readonly path: string;
  /** Absent for discovery, /version, /healthz and unknown paths. */
  readonly resource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly userAgent?: string;
  readonly protocol: "HTTP/1.1" | "HTTP/2";
}

/** The answer to a list or a get was written: what the agent was given. */
export interface ApiPage extends TranscriptEvent {
  readonly side: "api";
  readonly kind: "page";
  readonly req: number;
  readonly resource: string;
  readonly resourceVersion: string;
  /** True where the server said that more pages follow. */
  readonly more: boolean;
  readonly items: readonly ItemRef[];
}

/** A watch event was written to the agent's connection. `item` is absent for ERROR; a BOOKMARK has uid "". */
export interface ApiWatchEvent extends TranscriptEvent {
  readonly side: "api";
  readonly kind: "event";
  readonly req: number;
  readonly resource: string;
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly item?: ItemRef;
  /** On the BOOKMARK that ends the initial events of a streamed list. */
  readonly initialEventsEnd?: boolean;
}

/** A request ended: its HTTP status, and for a watch who ended it. */
export interface ApiEnd extends TranscriptEvent {
  readonly side: "api";
  readonly kind: "end";
  readonly req: number;
  readonly status: number;
  readonly reason: "complete" | "timeout" | "client" | "server" | "fault";
  /** Why no page or event stands for what was delivered, where one should: the form of the answer could not be read. */
  readonly unread?: string;
}

/**
 * A scripted fault was installed, hit a request, or was taken away. `fault` is the ApiFaultSpec as JSON, as the mock records
 * its own; a cut of all connections is `{"fault":"api-cut-connections"}`, scripted and fired at once, without a request.
 */
export interface ApiFault extends TranscriptEvent {
  readonly side: "api";
  readonly kind: "fault";
  readonly fault: string;
  readonly event: "scripted" | "fired" | "removed";
  readonly req?: number;
}

/** Every line that the API side records. */
export type ApiRecord = ApiState | ApiCommit | ApiRequest | ApiPage | ApiWatchEvent | ApiEnd | ApiFault;
