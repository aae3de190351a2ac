/** What one scripted fault does to a call of KubernetesAPISync. */
export type FaultAction =
  /** Answered with this gRPC status; the request is not taken. */
  | { readonly fault: "status"; readonly code: number; readonly details?: string }
  /** Handled so many milliseconds later. */
  | { readonly fault: "delay"; readonly ms: number }
  /** Taken, but answered with this version; null: with none. */
  | { readonly fault: "answer-version"; readonly version: bigint | null }
  /** Taken, and then the connection is reset in place of the answer. */
  | { readonly fault: "lose-answer" }
  /** Not taken, yet answered OK with the request's own version, as a server whose queue overflowed does. */
  | { readonly fault: "drop" }
  /** Never answered; `accept`: taken nevertheless. */
  | { readonly fault: "silence"; readonly accept?: boolean }
  /** The connection is reset while the request is still on its way: it was never read to its end. */
  | { readonly fault: "cut-request" };

/** A fault that hits a request before it has arrived; every other one hits it afterwards. */
export type ArrivingFault = "cut-request";

/** A fault and the calls that it waits for. */
export type FaultSpec = FaultAction & {
  /** Only calls with this cluster_id. */
  readonly cluster?: string;
  /** Only calls of the agent with this agent_id (vtap_id). */
  readonly agent?: number;
  /** Only requests with entries, or only those without. */
  readonly when?: "entries" | "heartbeat";
  /** So many fitting calls go by unharmed first; default 0. */
  readonly skip?: number;
  /** So many fitting calls are hit after that; default 1. */
  readonly times?: number;
  /** Chance that a fitting call is hit, 0 to 1, drawn from the mock's seed; default 1. */
  readonly chance?: number;
};

/** A fault that was scripted and has not fired to its end. */
export interface PendingFault {
  readonly id: number;
  readonly spec: FaultSpec;
  readonly skipsLeft: number;
  readonly timesLeft: number;
}
