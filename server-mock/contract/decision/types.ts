import type { ClusterState } from "./state.ts";

/** The fields of a KubernetesAPISyncRequest that decide. An absent key is an absent field. */
export interface Envelope {
  readonly version?: bigint | undefined;
  readonly clusterId?: string | undefined;
  /** agent_id or vtap_id; absent is 0. */
  readonly agentId?: number | undefined;
  readonly teamId?: string | undefined;
  readonly errorMsg?: string | undefined;
  readonly entryCount: number;
}

/** What a decision asks of the server around it. */
export interface DecisionContext {
  /** Whether a team of this id exists. */
  knowsTeam(id: string): boolean;
}

/** The rows of the decision table (protocol.md 2.2) that can decide. */
export type DecidingRow = "1" | "2" | "3" | "5" | "6" | "7" | "8" | "9" | "10";

/** The rows that only change something on the way: agent id 0 (logged), default team, ageing. */
export type PassedRow = "0" | "3b" | "4";

/** What the target did with a request. */
export interface Decision {
  readonly row: DecidingRow;
  /** Side rows that applied, in evaluation order. */
  readonly passed: readonly PassedRow[];
  /** The version of the answer; undefined: the field is unset. */
  readonly answer: bigint | undefined;
  /** `replaced`: the entries are the record now; `refreshed`: epoch and error_msg alone; `dropped`: never queued. */
  readonly stored: "replaced" | "refreshed" | "dropped";
  /** The cluster's state after it. */
  readonly state: ClusterState;
}
