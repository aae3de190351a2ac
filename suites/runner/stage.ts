import type { RunningAgent } from "../../agents/index.ts";
import type { Recorder } from "../../transcript/index.ts";
import type { Budgets } from "../budgets.ts";
import type { KubeObject } from "../history/types.ts";
import type { Cast } from "./cast.ts";
import type { LiveHistory } from "./live-history.ts";

/** What a story does to a cluster, in process and past the agent's sight. Each gives back the object as committed. */
export interface StageCluster {
  create(resource: string, object: KubeObject): Promise<KubeObject>;
  /** A merge patch (RFC 7386), status included. */
  patch(resource: string, place: { readonly namespace: string; readonly name: string }, patch: KubeObject): Promise<KubeObject>;
  delete(resource: string, place: { readonly namespace: string; readonly name: string }): Promise<void>;
}

/** What the steps of one story act on. */
export interface Stage {
  readonly tenant: string;
  readonly recorder: Recorder;
  readonly budgets: Budgets;
  readonly history: LiveHistory;
  readonly cluster: StageCluster;
  readonly mock: { reset(): void };
  readonly cast: Cast;
  /** Starts the agent; it is killed with the tenant at the latest. */
  readonly startAgent: () => Promise<RunningAgent>;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  agent?: RunningAgent;
}
