import type { Recorder } from "../../transcript/index.ts";
import type { HostAddress } from "../provider.ts";
import type { PolicyRule } from "./api/authentication.ts";
import type { FaultHook } from "./faults.ts";
import type { LoadedObject } from "./storage/object-store.ts";

/** A further user of an embedded cluster, beside the agent. */
export interface EmbeddedUser {
  readonly name: string;
  readonly token: string;
  readonly groups?: readonly string[];
  readonly rules: readonly PolicyRule[];
}

/** What embedded API server is wanted. */
export interface EmbeddedClusterOptions {
  /** Default 1.30. */
  readonly kubernetesVersion?: "1.20" | "1.30";
  /** Declared features; those with custom resources add them. */
  readonly features?: readonly string[];
  /** What the cluster holds from the start, never changed and shared freely. Default: the four system namespaces. */
  readonly objects?: Iterable<LoadedObject>;
  /** Where agents find this host. Default: loopback. */
  readonly host?: HostAddress;
  /** Records the API side of the run. */
  readonly recorder?: Recorder;
  /** What the agent may do, as rules of a ClusterRole. Default: everything. */
  readonly rules?: readonly PolicyRule[];
  readonly users?: readonly EmbeddedUser[];
  /** Changes kept per resource: older resourceVersions answer 410. Default 10000. */
  readonly historyLimit?: number;
  /** Changes that a watcher which does not read may fall behind. Default 1000. */
  readonly watchBacklog?: number;
  /** Turns the WatchList gate on: `sendInitialEvents` is served (1.30 only). */
  readonly watchList?: boolean;
  /** How often a watcher gets a bookmark, in milliseconds. Default 60000, as the API server. */
  readonly bookmarkIntervalMs?: number;
  /** How long a request for a future resourceVersion waits, in milliseconds. Default 3000, as the API server. */
  readonly freshnessMs?: number;
  /** Intercepts requests of the agent. */
  readonly faults?: FaultHook;
  /** Milliseconds since the epoch, for timestamps and ages. */
  readonly clock?: () => number;
}
