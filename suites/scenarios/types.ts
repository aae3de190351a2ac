import type { ApiFaultSpec, KubeObject as Manifest } from "../../cluster/index.ts";
import type { FaultSpec } from "../../server-mock/index.ts";
import type { Budgets } from "../budgets.ts";
import type { KubeObject } from "../history/types.ts";

/** A scripted story: the same for every agent, told in steps. It judges nothing. */
export interface Scenario {
  /** Stands in the plan, in the transcript and in the results. Part of the API. */
  readonly name: string;
  /** For people, in one line. */
  readonly title: string;
  readonly profile: string;
  /** The agent is handed an empty cluster_id, and has to ask for one. */
  readonly withoutClusterId?: true;
  /** The agent reaches its API server through the fault proxy, since a step breaks what is between them. */
  readonly throughProxy?: true;
  /** The agent may do what the run's ClusterRole grants, and nothing else. */
  readonly underClusterRole?: true;
  /** Its cluster is as large as the scale profile has it. */
  readonly large?: true;
  readonly steps: readonly Step[];
}

/**
 * One step. A step that awaits is satisfied, or its budget runs out and the story goes on; where it is `essential`, the
 * story ends there, since nothing that follows could be judged. One that is `onlyFor` agents that watch is passed over for
 * those that have not done so until then.
 */
export type Step = Action & { readonly onlyFor?: "watching" };

type Action =
  /**
   * `not-to-watch`: by the command line that tells it so; `replica`: as one of several on one cluster_id, whose calls are
   * told apart.
   */
  | { readonly step: "start-agent"; readonly told?: "not-to-watch"; readonly replica?: number }
  /** SIGKILL to the replica that was heard last. */
  | { readonly step: "kill-uploader" }
  /** SIGTERM, and the grace to leave. */
  | { readonly step: "stop-agent" }
  /** SIGKILL, and nothing is awaited of the agent until it is started again. */
  | { readonly step: "kill-agent" }
  /** A request that fits. */
  | { readonly step: "await-upload"; readonly until: UploadGoal; readonly budget: keyof Budgets; readonly essential?: true }
  /**
   * Any answered request that arrives after the step began; `afterTimeout`: a request that hangs since before it is given
   * the call timeout beside the budget.
   */
  | { readonly step: "await-call"; readonly budget: keyof Budgets; readonly afterTimeout?: true; readonly essential?: true }
  /** The quiet window: nothing is written. */
  | { readonly step: "quiet" }
  /** Nothing has been written for the staleness budget; at once where nothing was since the story began. */
  | { readonly step: "await-rest" }
  /** As the quiet window, but twice as long as the first life of the agent took to its first request, where that is longer. */
  | { readonly step: "await-silence" }
  | { readonly step: "create"; readonly objects: readonly Recipe[] }
  | { readonly step: "change"; readonly changes: readonly Change[] }
  /** Deletes in the order given. */
  | { readonly step: "delete"; readonly objects: readonly Pick[] }
  /** An upload that holds these objects in their newest form. */
  | {
      readonly step: "await-shown";
      readonly objects: readonly string[];
      readonly budget: keyof Budgets;
      readonly essential?: true;
    }
  /** An upload that holds none of these objects. */
  | {
      readonly step: "await-gone";
      readonly objects: readonly string[];
      readonly budget: keyof Budgets;
      readonly essential?: true;
    }
  /**
   * The mock server forgets, as a restart would make it, and the agent's next request is awaited. Where a change in the
   * cluster was sooner, so that the server has nothing to ask for, it forgets once more.
   */
  | { readonly step: "reset-until-asked" }
  /** The next calls' misbehaviour. */
  | { readonly step: "script-fault"; readonly fault: FaultSpec }
  /** The agent's process stands still (SIGSTOP), and goes on. */
  | { readonly step: "pause-agent" }
  | { readonly step: "resume-agent" }
  /** Every fault that was scripted, on either side, or this one alone, has hit something; otherwise the story ends. */
  | { readonly step: "await-fault"; readonly budget: keyof Budgets; readonly of?: ApiFaultSpec }
  /**
   * A request after the step began, which the server stored, has an error_msg, or has none. An error has a staleness and a
   * heartbeat budget to be told.
   */
  | { readonly step: "await-error"; readonly told: boolean }
  /** Takes away all that is scripted. */
  | { readonly step: "clear-faults" }
  /** Cuts every connection of the agent with a TCP reset. */
  | { readonly step: "cut-connections" }
  /** The server tells every connection of the agent to go away (GOAWAY), and closes it. */
  | { readonly step: "send-away" }
  /** The clock by which the mock server ages what it holds goes on. */
  | { readonly step: "advance-clock"; readonly ms: number }
  /** Somebody else writes another snapshot under the agent's cluster_id. */
  | { readonly step: "write-as-other" }
  /** The server goes down and comes back: when the agent has tried twice to connect, or after the longest outage. */
  | { readonly step: "outage"; readonly memory: "kept" | "lost" }
  /** The next misbehaviour between the agent and its API server. */
  | { readonly step: "script-api-fault"; readonly fault: ApiFaultSpec }
  /** Takes away all that is scripted there; what stalls is answered, frozen watches are ended. */
  | { readonly step: "clear-api-faults" }
  /** Cuts every connection of the agent to its API server with a TCP reset. */
  | { readonly step: "cut-api-connections" }
  /** The API server forgets its history, where the cluster can make it: what came before answers 410. */
  | { readonly step: "compact" };

/**
 * - `entries`: a request with entries, whatever became of it
 * - `accepted`: one that the target stores
 * - `stored-after-reset`: one that the target stored as new since the mock lost what it held: it forgot, aged it, or took another's
 * - `successor`: a request with entries of another replica than was heard last before the kill
 * - `entries-of-this-life`: a request with entries since the agent was last started, whatever became of it
 */
export type UploadGoal = "successor" | "entries" | "accepted" | "stored-after-reset" | "entries-of-this-life";

/** What recipes may look at. Pure data: the same world gives the same objects. */
export interface World {
  /** What the cluster was filled with, by resource key (`pods`, `deployments.apps`), in the order of creation. */
  filled(resource: string): readonly KubeObject[];
  /** What an earlier step of this story made or picked, as the server gave it back. Throws where nothing has this name. */
  made(name: string): KubeObject;
}

/** How an object is made. */
export interface Recipe {
  /** By what later steps call it. */
  readonly as: string;
  /** Resource key. */
  readonly resource: string;
  readonly build: (world: World) => Manifest;
}

/** How an object is changed. */
export interface Change {
  /** The name of an object made or picked before. */
  readonly of: string;
  /** A merge patch (RFC 7386). */
  readonly patch: (world: World) => KubeObject;
  /** What is awaited afterwards, in fields that every target reads; the patch itself where this is absent. */
  readonly shows?: (world: World) => KubeObject;
}

/** An object to be deleted: made or picked before, or picked now from what the cluster was filled with. */
export interface Pick {
  readonly as: string;
  readonly resource?: string;
  readonly choose?: (world: World) => KubeObject;
}
