import type { ClusterRoleRule } from "../permissions/index.ts";

/** Something that a run makes, or needs to be allowed. */
export interface Made {
  /** Kind and name; `<run>` and `<scenario>` stand for what is known when it runs. */
  readonly what: string;
  /** What it is for. */
  readonly why: string;
  /** When it goes again. */
  readonly goes: "with the agent" | "with the scenario" | "with the run" | "never";
}

/** What a story does to its cluster: how many objects of each resource it makes, changes and deletes. */
export interface StoryFootprint {
  readonly scenario: string;
  readonly creates: Readonly<Record<string, number>>;
  readonly changes: number;
  readonly deletes: number;
}

/** Everything that a run would leave a trace of, while it lasts or for ever. */
export interface Footprint {
  /** Files, processes and containers on this machine. */
  readonly machine: readonly Made[];
  /** Objects in the cluster, beside those of the stories. */
  readonly cluster: readonly Made[];
  /** Whether the cluster is the run's own, so that it goes with all that is in it. */
  readonly ownCluster: boolean;
  /** What the harness itself must be allowed to do there. */
  readonly harnessRights: readonly string[];
  /** What the agent is allowed: `source` says whose rules they are. */
  readonly agentRights: { readonly source: string; readonly rules: readonly ClusterRoleRule[] };
  readonly stories: readonly StoryFootprint[];
}
