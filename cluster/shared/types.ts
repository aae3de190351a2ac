import type { PolicyRule } from "../embedded/api/authentication.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import type { Cluster } from "../port.ts";
import type { RemoteCredentials } from "../remote/access.ts";
import type { AgentPlace, ClusterHand, InsideCluster } from "../provider.ts";

/**
 * A cluster with controllers and kubelets, which scenarios share one after the other. Its own hand (`create`, `patch`, …)
 * writes as it is told; what a story does goes through a room, which keeps to what the run has made. The agent's identity,
 * and so its kubeconfig, is the room's too.
 */
export interface SharedCluster extends Omit<Cluster, "kubeconfig"> {
  readonly kind: "kind" | "kubeconfig";
  /** Requests with the harness's rights, for what the port has no words for. */
  readonly hand: ClusterHand;
  /** Where the API server is, by where it is dialled from; without the places from which it cannot be said. */
  readonly urls: Readonly<Partial<Record<AgentPlace, string>>>;
  /** By what address containers and pods reach this host, where that is known. */
  readonly hostAddress?: string;
  /** Name to be verified in the server's certificate in place of the host. */
  readonly serverName?: string;
  /** Why nothing can be written: scenarios that must are not applicable. Absent where all can be. */
  readonly readOnly?: string;
  /** What was done to the cluster, or found in it, that people should know. */
  readonly notes: readonly string[];
  /** Makes room for one scenario: what it is filled with, whole again, and an identity for its agent. */
  enter(request: RoomRequest): Promise<ScenarioRoom>;
  /** Writes the logs of nodes and pods into a folder: as many as can be had; absent for clusters that are not ours. */
  readonly exportLogs?: (folder: string) => Promise<void>;
}

/** What a scenario wants. */
export interface RoomRequest {
  /** Names the scenario run, in names and labels. */
  readonly tenant: string;
  /** What the agent may do, as rules of a ClusterRole. Default: to read everything, and its own leases. */
  readonly rules?: readonly PolicyRule[];
  /** Aborting gives up. */
  readonly signal?: AbortSignal;
}

/**
 * One scenario's part of a shared cluster. What is written goes through it: what it makes is labelled, kept from the
 * cluster's own controllers where the story plays their part, and taken away again when the room is disposed of.
 */
export interface ScenarioRoom
  extends AsyncDisposable, Pick<Cluster, "get" | "list" | "create" | "update" | "patch" | "delete" | "resourceVersion"> {
  /** The run's own namespace. */
  readonly namespace: string;
  /** Bearer token of the agent, of its ServiceAccount. */
  readonly token: string;
  /** Where the cluster is only read: by whose credentials requests with that token go on, through a proxy. */
  readonly lent?: () => Promise<RemoteCredentials>;
  /** What marks objects as the run's own. */
  readonly marks: InsideCluster["marks"];
  /** Name of that ServiceAccount, for agents that run as pods of the namespace. */
  readonly serviceAccount: string;
  /** The nodes, and what the run has filled the cluster with, in the order of creation. */
  readonly filled: readonly FilledObject[];
}

/** An object that stories can count on. */
export interface FilledObject {
  readonly resource: string;
  readonly object: KubeObject;
}
