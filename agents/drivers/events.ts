import type { TranscriptEvent } from "../../transcript/index.ts";

/** The agent's process began. `life` numbers the starts of one scenario from 1. */
export interface AgentStarted extends TranscriptEvent {
  readonly side: "agent";
  readonly kind: "started";
  readonly life: number;
  readonly pid: number;
  readonly command: readonly string[];
}

/** The agent could not be started at all (no such file, not executable). */
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
}

/** Every line that a driver records. */
export type AgentEvent = AgentStarted | AgentUnstartable | AgentOutput | AgentSignalled | AgentExited;
