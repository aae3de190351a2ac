/**
 * Faults between an agent and its API server, as data. The same script means the same on every kind of cluster, since the
 * proxy in front of it carries it out.
 */

/** What one fault does to a request that it hits. */
export type ApiFaultAction =
  /** Answered with this Status in place of the server's answer; `retryAfterSeconds` becomes Retry-After too. */
  | {
      readonly fault: "api-status";
      readonly code: number;
      /** `Forbidden`, `TooManyRequests`, …; default: the one that goes with the code. */
      readonly reason?: string;
      readonly message?: string;
      readonly retryAfterSeconds?: number;
    }
  /** Passed on so many milliseconds later. */
  | { readonly fault: "api-delay"; readonly ms: number }
  /** Accepted and never answered, until the client leaves or the fault is cleared. */
  | { readonly fault: "api-stall" }
  /** The connection (HTTP/1.1) or the stream (HTTP/2) is reset in place of the answer; a watch that is open: at once. */
  | { readonly fault: "api-reset" }
  /** The watch stays open, and nothing that happens arrives any more, bookmarks included. */
  | { readonly fault: "api-freeze-watch" }
  /** The watch ends as the server ends it: cleanly, without an ERROR. */
  | { readonly fault: "api-end-watch" }
  /** The body of a list or get breaks off in the middle, and the connection with it. */
  | { readonly fault: "api-truncate" }
  /** The request for a further page is answered 410 Expired. `resumable`: with a token for an inconsistent rest. */
  | { readonly fault: "api-expire-continue"; readonly resumable?: true }
  /** An ERROR event with this Status in the watch, which then ends: 410 Expired by default. */
  | { readonly fault: "api-error-event"; readonly code?: number; readonly reason?: string; readonly message?: string }
  /** The next fitting events of the watch are swallowed, `count` of them (default 1). */
  | { readonly fault: "api-drop-event"; readonly type?: WatchEventType; readonly count?: number }
  /** The next fitting event of the watch arrives twice. */
  | { readonly fault: "api-duplicate-event"; readonly type?: WatchEventType; readonly count?: number }
  /** The HTTP/2 connection is told to go away (NO_ERROR); HTTP/1.1: `Connection: close`. */
  | { readonly fault: "api-goaway" }
  /** A list that asks for pages gets them of so many objects at most, as a server may: `limit` is an upper bound. */
  | { readonly fault: "api-small-pages"; readonly limit: number }
  /** The list is answered as it was when the proxy last saw it, before what happened since. */
  | { readonly fault: "api-stale-list" };

/** The types of watch events that a fault can wait for. */
export type WatchEventType = "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";

/** A fault and the requests that it waits for. All that is given must fit. */
export type ApiFaultSpec = ApiFaultAction & {
  readonly verb?: "get" | "list" | "watch";
  /** Resource keys, as kubectl names them: `pods`, `deployments.apps`. Absent: all, discovery and /version excluded. */
  readonly resources?: readonly string[];
  readonly namespace?: string;
  /** Only requests for a further page, or only first pages. */
  readonly page?: "first" | "further";
  /** Hits watches that are open already, too. Faults of watches only. */
  readonly open?: true;
  /** So many fitting requests go by unharmed first; default 0. */
  readonly skip?: number;
  /** So many fitting requests are hit after that; default 1. `"all"`: until it is cleared. */
  readonly times?: number | "all";
  /** Chance that a fitting request is hit, 0 to 1, drawn from the run's seed; default 1. */
  readonly chance?: number;
};

/** The power to break what is between an agent and its API server. */
export interface ApiFaults {
  /** Scripts a fault. It is recorded when it is scripted, when it fires, and when it is taken away. */
  addFault(spec: ApiFaultSpec): void;
  /** Takes all away; what stalls is answered, frozen watches are ended. */
  clearFaults(): void;
  /** Cuts every connection of the agent with a TCP reset. */
  cutConnections(): void;
}
