import type { EntryReading } from "../../server-mock/ingest/index.ts";
import type { Plan } from "../plan.ts";

/**
 * A transcript read back: what the oracle and the checks judge. Everything is derived from the lines again, in
 * `run` and `analyze` alike. All arrays are in transcript order.
 */
export interface History {
  readonly plan: Plan;
  /** Of the API server, where it was known only once there was one. */
  readonly clusterVersion?: string;
  readonly scenarios: readonly ScenarioHistory[];
  /** Harness and environment trouble, by blame. */
  readonly troubles: readonly (Moment & {
    readonly tenant: string;
    readonly blame: "harness" | "environment";
    readonly text: string;
  })[];
  /** Times in which the harness itself stood still; what arrived then is stamped late. */
  readonly stalls: readonly Stall[];
  readonly interrupted: boolean;
  /** True where the last line says that the run came to its end. */
  readonly ended: boolean;
  /** `t` of the last line. */
  readonly durationMs: number;
}

/** Nothing could be done for so many of the milliseconds up to this moment. */
export interface Stall extends Moment {
  readonly ms: number;
}

/** A place in the transcript. */
export interface Moment {
  readonly seq: number;
  readonly t: number;
}

/** What one scenario left in the transcript, read into both sides. */
export interface ScenarioHistory {
  readonly name: string;
  readonly tenant: string;
  /** What the agent was handed; empty where it has to ask. */
  readonly clusterId: string;
  /** MD5 of the cluster's CA certificate, lower-case hex; recorded where the agent has to ask for its cluster_id. */
  readonly caMd5?: string;
  readonly started: Moment;
  /** Absent while the scenario runs, or where the transcript breaks off. */
  readonly ended?: Moment & { readonly aborted?: string };
  readonly steps: readonly StepRecord[];
  /** Calls of KubernetesAPISync on either service, by arrival. */
  readonly calls: readonly SyncCall[];
  /** Calls of KubernetesAPISync that the harness itself made under the agent's cluster_id. */
  readonly foreignCalls: readonly SyncCall[];
  /** Every other call (GetKubernetesClusterID, unknown methods, unreadable frames). */
  readonly otherCalls: readonly OtherCall[];
  /** Calls that the mock refused without having read them, since they were larger than it takes. */
  readonly refusedCalls: readonly RefusedCall[];
  readonly resets: readonly Moment[];
  /** When the mock's clock went on, so that what it held aged. */
  readonly ageings: readonly Moment[];
  /** TCP connections that clients opened to the mock. */
  readonly connections: readonly Moment[];
  /** Faults that were scripted at the mock, by their name. */
  readonly faults: readonly FaultRecord[];
  readonly api: ApiHistory;
  readonly agent: AgentHistory;
}

/** One scripted fault of the mock or of the API server; neither fired nor removed means that it is still waiting for its call. */
export interface FaultRecord {
  readonly fault: string;
  readonly scripted: Moment;
  /** The first time. */
  readonly fired?: Moment;
  /** Every time, with the call of the mock or the request of the API server that it hit. */
  readonly hits: readonly (Moment & { readonly call?: number; readonly req?: number })[];
  readonly removed?: Moment;
}

/** A step of the scenario: when it began, and how it ended. */
export interface StepRecord {
  readonly step: string;
  readonly note?: string;
  readonly began: Moment;
  readonly ended?: Moment & { readonly satisfied: boolean };
  /** It was not performed, since it is not for this agent. */
  readonly passedOver?: true;
}

/** One call of KubernetesAPISync and its answer. */
export interface SyncCall extends Moment {
  readonly call: number;
  readonly service: "trident" | "agent";
  readonly peer: string;
  /** Which of several agents it is of; absent where there is one. */
  readonly replica?: number;
  /** Absent field ≠ zero ≠ empty. */
  readonly clusterId?: string;
  readonly version?: bigint;
  readonly errorMsg?: string;
  readonly agentId?: number;
  readonly sourceIp?: string;
  readonly teamId?: string;
  readonly byteLength: number;
  /** SHA-256 of the entry list; equal means the same entries in the same order. Absent: no entries. */
  readonly entriesHash?: string;
  readonly entries: readonly EntryReading[];
  /** Absent where the call never got an answer. */
  readonly answer?: Moment & {
    readonly code: number;
    readonly version?: bigint;
    readonly row?: string;
    readonly stored?: "replaced" | "refreshed" | "dropped";
  };
  /** A request with entries that the target stores: rows 6, 8 the first time, 9 (protocol.md 2.2). */
  readonly accepted: boolean;
}

/** A call of another method, or one whose frame could not be read. */
export interface OtherCall extends Moment {
  readonly call: number;
  readonly path: string;
  readonly code?: number;
  /** Where it was a call of GetKubernetesClusterID. */
  readonly question?: ClusterIdQuestion;
  /** Why the frame could not be read as a KubernetesAPISyncRequest. */
  readonly problem?: string;
}

/** A call of which nothing is known but that it was refused. */
interface RefusedCall extends Moment {
  readonly call: number;
  readonly path: string;
  readonly code: number;
  readonly details: string;
}

/** A call of GetKubernetesClusterID, with its answer (protocol.md 1.4). */
export interface ClusterIdQuestion {
  readonly service: "trident" | "agent";
  /** Absent field ≠ empty; absent also where the frame could not be read. */
  readonly caMd5?: string;
  /** Absent where the call never got an answer. */
  readonly answer?: Moment & { readonly clusterId?: string; readonly errorMsg?: string };
}

/** What the API server held and was asked. */
export interface ApiHistory {
  /** Everything that ever existed, by uid. */
  readonly objects: ReadonlyMap<string, ObjectLife>;
  readonly requests: readonly ApiRequestRecord[];
}

/** One object from its creation to its deletion. */
export interface ObjectLife {
  readonly uid: string;
  /** `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name: string;
  /** Each committed form, oldest first; the first is the creation. Forms of Secrets have no object. */
  readonly forms: readonly (Moment & { readonly resourceVersion: string; readonly object?: KubeObject })[];
  readonly deleted?: Moment;
}

/** Any Kubernetes object as parsed JSON. */
export interface KubeObject {
  readonly [key: string]: unknown;
}

/** One request to the API server and its end. */
export interface ApiRequestRecord extends Moment {
  readonly req: number;
  readonly method: string;
  readonly verb: string;
  readonly path: string;
  readonly resource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** For lists and gets: what was given, with the moment at which it was written. */
  readonly pages: readonly (Moment & {
    readonly more: boolean;
    readonly resourceVersion: string;
    readonly uids: readonly string[];
    /** Of the objects, in the same order. */
    readonly versions: readonly string[];
  })[];
  /** For watches: the events written. */
  readonly events: readonly (Moment & {
    readonly type: string;
    readonly uid?: string;
    /** Of the object; of a BOOKMARK, how far the watch has come; absent for an ERROR. */
    readonly version?: string;
    readonly initialEventsEnd?: boolean;
  })[];
  readonly ended?: Moment & { readonly status: number; readonly reason: string };
}

interface AgentHistory {
  readonly lives: readonly AgentLife[];
  /** Times in which the machine had no processor for it, of all lives. */
  readonly starved: readonly Stall[];
  readonly unstartable?: Moment & { readonly problem: string };
}

/** One process of the agent, from start to end. */
export interface AgentLife {
  readonly life: number;
  /** From here on it can be heard: as `started`, but for a pod, of which the kubelet tells a moment late. */
  readonly since: Moment;
  readonly started: Moment;
  /** Those that told it to end. */
  readonly signals: readonly (Moment & { readonly signal: string })[];
  /** Times in which its process was made to stand still. */
  readonly pauses: readonly { readonly from: Moment; readonly until?: Moment }[];
  readonly exited?: Moment & { readonly code: number | null; readonly signal: string | null };
  /** The end of what it printed, which may come after its own end. */
  readonly lastWords?: string;
}
