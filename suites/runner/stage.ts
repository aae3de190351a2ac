import type { AgentVariant, RunningAgent } from "../../agents/index.ts";
import type { ApiFaults, Cluster } from "../../cluster/index.ts";
import type { MockServer } from "../../server-mock/index.ts";
import type { Recorder } from "../../transcript/index.ts";
import type { Budgets } from "../budgets.ts";
import type { Cast } from "./cast.ts";
import type { LiveHistory } from "./live-history.ts";

/** What the steps of one story act on. */
export interface Stage {
  readonly tenant: string;
  readonly recorder: Recorder;
  readonly budgets: Budgets;
  /** The agent's own, as declared, in milliseconds. */
  readonly callTimeoutMs: number;
  readonly history: LiveHistory;
  /** What a story does to it counts as no request of the agent. */
  readonly cluster: Pick<Cluster, "get" | "list" | "create" | "patch" | "delete">;
  /** Present where the agent goes through the fault proxy. */
  readonly faults?: ApiFaults;
  /** Forgets the API server's history, so that what came before answers 410; absent where the cluster cannot. */
  readonly compact?: () => Promise<void>;
  readonly mock: Pick<
    MockServer,
    "reset" | "addFault" | "clearFaults" | "cutConnections" | "sendAway" | "advanceClock" | "goDown" | "comeBack"
  >;
  readonly cast: Cast;
  /** Starts the agent; it is killed with the tenant at the latest. */
  readonly startAgent: (variant?: AgentVariant) => Promise<RunningAgent>;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  agent?: RunningAgent;
  /** Several on one cluster_id, by number. */
  readonly replicas: Map<number, RunningAgent>;
  /** What the agent was handed. */
  readonly clusterId: string;
  /** A service that the target serves. */
  readonly service: "trident" | "agent";
  /** A further address of the mock server for one party, as the agent finds it. */
  readonly relay: (party: string) => Promise<{ readonly host: string; readonly port: number }>;
}
