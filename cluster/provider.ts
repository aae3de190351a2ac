import type { Recorder } from "../transcript/index.ts";
import type { PolicyRule } from "./embedded/api/authentication.ts";
import type { KubeObject } from "./embedded/catalog/index.ts";
import type { ApiFaults } from "./faults/types.ts";
import type { Cluster } from "./port.ts";

/** From where an agent dials: a process on this host, a container beside it, or a pod of the cluster. */
export type AgentPlace = "host" | "container" | "pod";

/** This host, for those who dial it from somewhere else. */
export interface HostAddress {
  /** Address of an interface of this host to listen on. */
  readonly listen: string;
  /** Name or address by which the agent finds that interface. */
  readonly name: string;
}

/** An agent that is a process of this host. */
export const LOOPBACK: HostAddress = { listen: "127.0.0.1", name: "127.0.0.1" };

/** How large a cluster is; what belongs to so many pods goes with them. */
export interface ClusterSize {
  readonly pods: number;
  readonly nodes: number;
}

/** What a scenario wants of its cluster. */
export interface ClusterRequest {
  /** Names the scenario run; a label of what is made for it, where the cluster is not the scenario's own. */
  readonly tenant: string;
  /** Records the API side from the opening on: what is there, what is committed, what is delivered. */
  readonly recorder: Recorder;
  /** What the agent may do, as rules of a ClusterRole. Default: everything. */
  readonly rules?: readonly PolicyRule[];
  /** The agent shall go through the fault proxy, though nothing else demands it. */
  readonly faults?: boolean;
  /** How many objects it holds, where it can be filled with so many; default: as the provider has it. */
  readonly size?: ClusterSize;
  /** Where the agent finds this host: what it dials (the API server, the proxy) listens there. Default: loopback. */
  readonly host?: HostAddress;
  /** Seed of the run: of what is drawn by chance. */
  readonly seed: number;
  /** Aborting gives up the opening. */
  readonly signal: AbortSignal;
}

/** A cluster as one scenario has it. Disposing takes away what was made for the scenario, and nothing else. */
export interface ScenarioCluster extends Cluster {
  /** What it was filled with, in the order of creation, as the server gave it back. */
  readonly filled: readonly { readonly resource: string; readonly object: KubeObject }[];
  /** Present where the agent goes through the fault proxy. */
  readonly faults?: ApiFaults;
  /** Where the agent finds its API server, from where it dials: the proxy where there is one. */
  connection(place: AgentPlace): AgentConnection;
  /** Present where pods run: what an agent inside the cluster is put there with, and followed by. */
  readonly inside?: InsideCluster;
  /** Forgets the history, so that what came before answers 410; absent where this cluster cannot. */
  readonly compact?: () => Promise<void>;
  /** Resolves where nothing that follows can be relied upon: the API server ended, or was out of sight for too long. */
  readonly lost?: Promise<Error>;
}

/** What agents are put into a cluster with. */
export interface InsideCluster {
  readonly hand: ClusterHand;
  /** Where the agents' own objects go; it is removed with the run. */
  readonly namespace: string;
  /** What marks objects as this run's own, so that a later run removes what is left of it. */
  readonly marks: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
}

/**
 * Requests with an administrator's rights that go to the API server itself, past the proxy: not recorded, and never hit by
 * a fault. For what the port has no words for: any kind of object, logs, watches.
 */
export interface ClusterHand {
  /**
   * Sends one request. A status of any kind is an answer.
   * @param path with query
   * @throws Error where the API server is not reached; the signal's reason
   */
  open(path: string, request?: HandRequest): Promise<HandAnswer>;
}

/** A request of an administrator. */
export interface HandRequest {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Aborting ends the answer's body too. */
  readonly signal?: AbortSignal;
}

/** The beginning of an answer; the body comes piece by piece, for a watch or a followed log as long as it lasts. */
export interface HandAnswer {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** How an agent reaches its API server. */
export interface AgentConnection {
  /** `https://HOST:PORT` */
  readonly url: string;
  readonly caPem: string;
  /** Bearer token with the rights of the request. */
  readonly token: string;
  /** The same as one self-contained kubeconfig file. */
  readonly kubeconfig: string;
}

/** Where the scenarios of one run have their clusters from. Disposing removes what it made itself. */
export interface ClusterProvider extends AsyncDisposable {
  readonly kind: Cluster["kind"];
  /** `gitVersion` of the API servers. */
  readonly version: string;
  /** `own`: each scenario has a cluster of its own. `shared`: they share one, one scenario after the other. */
  readonly isolation: "own" | "shared";
  /** How many scenarios may run side by side at most. */
  readonly jobs: number;
  /** How pods of the cluster find this host; absent where no pods run, or where they cannot. */
  readonly podHost?: HostAddress;
  open(request: ClusterRequest): Promise<ScenarioCluster>;
  /** Writes the logs of what the cluster is made of into a folder, for the day on which it fails; absent where it has none. */
  readonly exportLogs?: (folder: string) => Promise<void>;
}
