import type { TranscriptEvent } from "../../transcript/index.ts";
import type { Plan } from "../plan.ts";

/** The first line of every transcript: the whole plan. */
export interface RunHeader extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "header";
  /** Version of the transcript's format. */
  readonly format: 1;
  readonly plan: Plan;
}

/** A scenario began in this tenant. Its tenant's name is `<scenario>` or `<scenario>#<n>` under --repeat. */
export interface ScenarioStarted extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "scenario-started";
  readonly scenario: string;
}

/** A step of the scenario began or ended. `satisfied: false`: its wait ran out of budget. */
export interface ScenarioStep extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "step";
  /** Step kind, such as `await-snapshot`, `quiet`, `create`; see suites/scenarios. */
  readonly step: string;
  readonly event: "began" | "ended";
  readonly satisfied?: boolean;
  /** It was not performed, since it is not for this agent; stands with `ended`. */
  readonly passedOver?: true;
  readonly note?: string;
}

/** The run has clusters for its scenarios; recorded where their version was not known before. */
export interface ClusterOpened extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "cluster-opened";
  /** `gitVersion` of the API server. */
  readonly version: string;
}

/** The cluster of a scenario is up; recorded where the agent has to ask for its cluster_id by the cluster's CA. */
export interface ClusterReady extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "cluster";
  /** MD5 of the CA certificate's bytes as the agent was handed them, lower-case hex. */
  readonly caMd5: string;
}

/** A connection to the mock server was opened, whose calls are those of one party of several. */
export interface PartyConnected extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "party";
  /** `replica-<n>`: one of several agents; `other-writer`: the harness itself, writing under the agent's cluster_id. */
  readonly party: string;
  /** The peer of its calls, `host:port`. */
  readonly peer: string;
}

/** A scenario ended. `aborted` says why where it did not come to its end. */
export interface ScenarioEnded extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "scenario-ended";
  readonly scenario: string;
  readonly aborted?: string;
}

/** The harness or the environment failed, which is nobody's verdict. */
export interface RunTrouble extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "trouble";
  readonly blame: "harness" | "environment";
  readonly text: string;
}

/** The harness's own event loop stood still for so many milliseconds, up to this line; what arrived then is stamped late. */
export interface RunStall extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "stall";
  readonly ms: number;
}

/** The run was interrupted (Ctrl-C, SIGTERM). */
export interface RunInterrupted extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "interrupted";
  readonly signal: string;
}

/** The last line of a run that came to its end. */
export interface RunEnded extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "run-ended";
}

/** Every line that the runner records. */
export type RunEvent =
  | RunHeader
  | ScenarioStarted
  | ClusterOpened
  | ClusterReady
  | PartyConnected
  | ScenarioStep
  | ScenarioEnded
  | RunTrouble
  | RunStall
  | RunInterrupted
  | RunEnded;
