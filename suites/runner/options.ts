import type { Invitation } from "../../agents/index.ts";
import type { ClusterProvider, KubernetesRelease } from "../../cluster/index.ts";
import type { GrantedRole } from "../permissions/index.ts";
import type { Plan, ResourceSetting } from "../plan.ts";
import type { Results } from "../results.ts";
import type { Turns } from "./turns.ts";

/** What to run against what. Only the agent has no default. */
export interface RunOptions {
  readonly agent: AgentChoice;
  /** Folder for the files of the run, made where it does not exist. */
  readonly out: string;
  /** Default: the newest server line. */
  readonly target?: string;
  /** Default `core`. */
  readonly profiles?: readonly string[];
  readonly features?: readonly string[];
  /** The resource list that the agent is told, in the form of the real agent's setting. Default: none, its own defaults. */
  readonly kubernetesResources?: readonly ResourceSetting[];
  /** The agent's configuration file, rendered to `{config}`; of the name only the extension counts. */
  readonly template?: AgentTemplate;
  /** The command that tells the same agent not to watch; the reference agent has its own. Needed by the feature no-watch. */
  readonly noWatchCommand?: readonly string[];
  /** What the agent may do where a scenario grants no more. Default: the smallest role that will do. */
  readonly clusterRole?: GrantedRole;
  /** Patterns of requirement ids; absent: all of the profiles. */
  readonly only?: readonly string[];
  /** What the agent is told, in milliseconds. Default 1000. */
  readonly intervalMs?: number;
  /** The agent's own call timeout as its author declares it, in milliseconds. Default 15000. */
  readonly callTimeoutMs?: number;
  readonly budgetScale?: number;
  /** The start budget, in place of the one by the interval; and how long a pod may take until it runs. */
  readonly startTimeoutMs?: number;
  readonly failOn?: "must" | "should";
  readonly seed?: number;
  /** How often each scenario is told. Default once. */
  readonly repeat?: number;
  /** The user's expected failures: the file's name, for messages, and its text. */
  readonly baseline?: { readonly name: string; readonly text: string };
  /** Faults that the user scripted: the file's name, for messages, and its text. */
  readonly faults?: { readonly name: string; readonly text: string };
  /** Scenarios side by side. Default 8. */
  readonly jobs?: number;
  /** Shared with other runs: a scenario waits for its turn in this as well. */
  readonly turns?: Turns;
  /** Where the agent watches. Default: embedded API servers. */
  readonly cluster?: ClusterChoice;
  /** Clusters that are open already, shared with other runs and left open; of the kind that `cluster` says. */
  readonly provider?: ClusterProvider;
  /** Version of the embedded cluster, and size of those that are filled with generated objects. */
  readonly kubernetesVersion?: KubernetesRelease["id"];
  readonly pods?: number;
  readonly nodes?: number;
  /** Aborting ends the run in an orderly way: what was seen until then is judged. The reason's message names the signal. */
  readonly signal?: AbortSignal;
  /** Told as it happens. What it throws is ignored. */
  readonly onProgress?: (event: RunProgress) => void;
}

/**
 * The agent under test. Wherever something of it is text, `{server}` and its like are filled in.
 *
 * - `reference`: the project's own
 * - `command`: a program with its arguments
 * - `image`: a container of this host, or a pod of the cluster; `args` in place of the image's own
 * - `manifest`: YAML documents that are applied to the cluster
 * - `attach`: one that somebody else starts
 */
type AgentChoice =
  | { readonly form: "reference" }
  | { readonly form: "command"; readonly command: readonly string[] }
  | {
      readonly form: "image";
      readonly image: string;
      readonly args?: readonly string[];
      /** Default: a pod where the cluster has them, else a container. */
      readonly place?: "container" | "pod";
    }
  | { readonly form: "manifest"; readonly name: string; readonly text: string }
  | {
      readonly form: "attach";
      /** By what name or address it finds this host. Default: loopback. */
      readonly hostAddress?: string;
    };

/** Which clusters, and how they are got. */
export type ClusterChoice =
  | { readonly kind: "embedded" }
  | ({ readonly kind: "envtest" } & AgentWay)
  | ({ readonly kind: "kind" } & AgentWay & KindChoice)
  | ({ readonly kind: "kubeconfig" } & AgentWay & KubeconfigChoice);

/** A kind cluster that the scenarios share. */
interface KindChoice {
  readonly nodeImage?: string;
  /** Text of a kind configuration file. */
  readonly config?: string;
  /** Takes a cluster that an earlier run kept. */
  readonly reuse?: boolean;
  /** Leaves the cluster for later runs. */
  readonly keep?: boolean;
  /** By what address containers and pods reach this host. Default: found out. */
  readonly hostAddress?: string;
}

/** The user's own cluster. */
interface KubeconfigChoice {
  /** Named always: nobody's cluster shall be touched by chance. */
  readonly context: string;
  /** Path. Default: as kubectl finds it. */
  readonly kubeconfig?: string;
  /** Nothing is written to it. */
  readonly readOnly?: boolean;
  readonly hostAddress?: string;
}

/** How the agent reaches a real API server. */
interface AgentWay {
  /** False: by itself, so that nothing tells what was delivered to it. Default: through the fault proxy. */
  readonly proxy?: boolean;
}

/** A configuration file with placeholders. */
export interface AgentTemplate {
  readonly name: string;
  readonly text: string;
}

/** What a run tells while it is under way. */
export type RunProgress =
  | { readonly event: "planned"; readonly plan: Plan }
  /** Something is done to the cluster that takes its time. */
  | { readonly event: "cluster"; readonly text: string }
  | { readonly event: "scenario-started"; readonly scenario: string }
  | {
      readonly event: "scenario-ended";
      readonly scenario: string;
      readonly tookMs: number;
      readonly unmet: readonly string[];
      readonly aborted?: string;
    }
  /** Somebody is to start or stop the agent of a scenario. */
  | ({ readonly event: "attach" } & Invitation)
  /** A user's own object was changed before it was applied; told once for each. */
  | { readonly event: "patched"; readonly object: string; readonly patch: unknown }
  | { readonly event: "trouble"; readonly blame: "harness" | "environment"; readonly text: string };

/** A run that has been judged. */
export interface RunOutcome {
  readonly plan: Plan;
  readonly results: Results;
  /** Path of the transcript, from which the results were made. */
  readonly transcript: string;
  /** Why the run ended early and its record breaks off: the transcript could not be written any more. */
  readonly broken?: RunEnvironmentError;
}

/** The environment refused what a run needs before it began: the out folder, mostly. Nothing was run. */
export class RunEnvironmentError extends Error {
  override readonly name = "RunEnvironmentError";
}
