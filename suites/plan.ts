import type { Budgets } from "./budgets.ts";
import type { GrantedRole } from "./permissions/index.ts";

/** All that decides a run, known before it starts. Stands in the transcript's header, so that `analyze` needs nothing else. */
export interface Plan {
  readonly harness: {
    readonly version: string;
    readonly requirementSet: string;
    /** SHA-256 of that set's canonical text; absent in records of older versions. */
    readonly requirementSetSha256?: string;
  };
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seed: number;
  readonly target: string;
  readonly profiles: readonly string[];
  readonly features: readonly string[];
  /** Requirement ids to be judged (profile, features, target and --only applied), in registry order. */
  readonly requirements: readonly string[];
  /** Scenarios to be run, one tenant each. */
  readonly scenarios: readonly PlannedScenario[];
  /** How often each scenario is told at least, under --repeat; absent: once. */
  readonly repeat?: number;
  /** What the agent was told, in milliseconds. */
  readonly intervalMs: number;
  readonly callTimeoutMs: number;
  readonly budgetScale: number;
  readonly budgets: Budgets;
  readonly agent: PlannedAgent;
  /** What else the agent was handed; absent where it is nothing. */
  readonly configuration?: AgentConfiguration;
  readonly cluster: PlannedCluster;
  /** What the agent may do where a scenario grants no more; absent where none is planned that does. */
  readonly clusterRole?: GrantedRole;
  /** How large the clusters of the scale scenarios are; absent where none is planned. */
  readonly scale?: { readonly pods: number; readonly nodes: number };
  readonly failOn: "must" | "should";
  /** The faults that the user scripted: the file's name and its text as it was. */
  readonly faults?: { readonly name: string; readonly text: string };
  /** The user's expected failures: the file's name and its text as it was. */
  readonly baseline?: { readonly name: string; readonly text: string };
}

/** Where the agent watches. */
export interface PlannedCluster {
  readonly kind: string;
  /** Absent where it is known only once there is a cluster; then a line of the run tells. */
  readonly version?: string;
  /** The agent went to the API server itself, so that nothing tells what was delivered to it. */
  readonly direct?: true;
  /** Nothing is written to it: stories that would are not told. */
  readonly readOnly?: true;
}

/** Which agent is judged. */
export interface PlannedAgent {
  readonly form: "reference" | "command" | "image" | "manifest" | "attach";
  /** Command and arguments before the placeholders are filled in; of an image the arguments alone, none: its own. */
  readonly command: readonly string[];
  /** The command that tells the same agent not to watch; absent where it cannot be told. */
  readonly noWatchCommand?: readonly string[];
  readonly image?: string;
  /** The user's own manifest: the file's name, and the SHA-256 of its text before the placeholders are filled in. */
  readonly manifest?: { readonly name: string; readonly sha256: string };
  /** From where it dials; absent: a process of the harness's host. */
  readonly place?: "container" | "pod";
  /**
   * What cannot be done to it, with the reason: `start`, `follow`, `stop`, `kill`, `restart`, `freeze`, `no-watch`,
   * `replicas`. Absent: nothing.
   */
  readonly lacks?: Readonly<Record<string, string>>;
}

/** Settings of the agent beside its flags. */
export interface AgentConfiguration {
  /** The resource list of the declared features, in the form of the real agent's setting (protocol.md 6.1). */
  readonly kubernetesResources?: readonly ResourceSetting[];
  /** The agent's configuration file before the placeholders were filled in. */
  readonly template?: { readonly name: string; readonly sha256: string };
}

/** An entry of the resource list. Source: protocol.md 6.1, 6.3. */
export interface ResourceSetting {
  readonly name: string;
  readonly group?: string;
  readonly version?: string;
  readonly disabled?: boolean;
}

/** One scenario of the run, and what its agent is handed. */
export interface PlannedScenario {
  readonly name: string;
  /** Name on every line of this scenario run: the scenario's own, or `<scenario>#<n>` where it is told several times. */
  readonly tenant: string;
  /** The cluster_id that the agent was handed; empty where it has to ask for one. */
  readonly clusterId: string;
  readonly agentId: number;
}
