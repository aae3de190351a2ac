import type { TranscriptEvent } from "../../transcript/index.ts";

/**
 * The agent's pods were let come. When they run, the kubelet tells a moment later (`started`): what is heard from here on may
 * be of this life already. Stands before `started`, for agents in pods alone.
 */
export interface AgentComing extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "coming";
  readonly life: number;
}

/** The agent began: as a process, as a container, in a pod. `life` numbers the starts of one scenario from 1. */
export interface AgentStarted extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "started";
  readonly life: number;
  /** Of a process on the harness's host. */
  readonly pid?: number;
  /** Command and arguments; the arguments alone where the image names the command. */
  readonly command: readonly string[];
  readonly image?: string;
  /** Id of its container on the harness's host. */
  readonly container?: string;
  /** `namespace/name` of its pod. */
  readonly pod?: string;
}

/** The agent could not be started at all (no such file, not executable, no such image, refused by the API server, a pod that never ran). */
export interface AgentUnstartable extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "unstartable";
  readonly problem: string;
}

/** A piece of output, as read; invalid UTF-8 replaced. Past the driver's limit only `dropped` bytes are counted. */
export interface AgentOutput extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "output";
  readonly stream: "stdout" | "stderr";
  readonly text: string;
  readonly dropped?: number;
}

/** The harness sent a signal to the agent's process group. */
export interface AgentSignalled extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "signalled";
  readonly life: number;
  readonly signal: string;
}

/** The agent's process ended: by a code or by a signal. */
export interface AgentExited extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "exited";
  readonly life: number;
  readonly code: number | null;
  readonly signal: string | null;
  /** The kernel killed it for its memory. */
  readonly oomKilled?: true;
}

/** The agent's container in its pod ended, and the kubelet starts it again. No end of the life. */
export interface AgentRestarted extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "restarted";
  readonly life: number;
  readonly pod: string;
  readonly code: number | null;
  /** As the kubelet says: `Error`, `Completed`, `OOMKilled`. */
  readonly reason: string;
  /** How often by now. */
  readonly count: number;
}

/**
 * The agent's processes were ready to run, and had no processor, for so many of the milliseconds before this line: the
 * machine is overloaded. What the agent did not do then is no fault of it.
 */
export interface AgentStarved extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "starved";
  readonly life: number;
  readonly ms: number;
}

/** What the agent had used when it was told to leave; of a container, by its cgroup. */
export interface AgentResources extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "resources";
  readonly life: number;
  /** Processor time, milliseconds. */
  readonly cpuMs?: number;
  readonly memoryBytes?: number;
  /** The most it had at any time. */
  readonly memoryPeakBytes?: number;
}

/** The harness put something into the cluster for the agent, or patched what the user put there. */
export interface AgentApplied extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "applied";
  /** `Deployment agents/pseudo-agent`. */
  readonly object: string;
  /** What was changed in the user's own object, as a strategic merge patch of it; no credential is in it. */
  readonly patch?: unknown;
}

/** Every line that a driver records. */
export type AgentEvent =
  | AgentComing
  | AgentStarted
  | AgentUnstartable
  | AgentOutput
  | AgentSignalled
  | AgentExited
  | AgentRestarted
  | AgentStarved
  | AgentResources
  | AgentApplied;
