/**
 * The shapes of a transcript: one JSON object a line, both sides of a run on one clock and one sequence.
 * This room knows nothing of what it records: each room that records declares the payloads of its own lines
 * (`server-mock/events.ts`, `cluster/events.ts`, `agents/drivers/events.ts`, `suites/runner/events.ts`).
 */

/** Who speaks in a line: the runner, the Kubernetes API side, the gRPC side, or the agent's process. */
export type Side = "run" | "api" | "rpc" | "agent";

/** What a room hands over to be recorded. Payload keys are flat beside `side` and `kind`. */
export interface TranscriptEvent {
  readonly side: Side;
  readonly kind: string;
}

/** Where and when a line stands. Assigned by the transcript, never by who records. */
export interface LinePosition {
  /** Position in the file, from 0 (the header), without gaps. */
  readonly seq: number;
  /** Milliseconds since the run began, on one monotonic clock; three decimals at most. */
  readonly t: number;
  /** The scenario run that the line belongs to; empty for lines of the run as a whole. */
  readonly tenant: string;
}

/** A line as it stands in the file: position, side, kind, payload. */
export type Line<E extends TranscriptEvent = TranscriptEvent> = LinePosition & E;

/** A line whose payload the reader does not know yet. */
export type RawLine = Line & Readonly<Record<string, unknown>>;

/** Bytes, once per content, before the first line that refers to them by `sha256`. Text where it is valid UTF-8. */
export interface BlobEvent extends TranscriptEvent {
  readonly side: "run";
  readonly kind: "blob";
  /** Lower-case hex SHA-256 of the bytes. */
  readonly sha256: string;
  readonly text?: string;
  readonly base64?: string;
}

/** Records for one tenant. Handed to mock server, cluster and drivers, which know nothing else of the run. */
export interface Recorder {
  readonly tenant: string;
  /** Appends one line and returns it with its position. */
  record<E extends TranscriptEvent>(event: E): Line<E>;
  /** Makes sure that these bytes stand in the transcript and returns their SHA-256 (lower-case hex). */
  blob(content: Uint8Array | string): string;
}

/** A transcript that is being written. */
export interface Transcript extends AsyncDisposable {
  /** A recorder for one tenant (empty string: the run itself). */
  tenant(name: string): Recorder;
  /** Called with every line right after it was written, blobs included. Returns the unsubscriber. */
  subscribe(listener: (line: RawLine) => void): () => void;
  /** Milliseconds since the transcript was opened. */
  now(): number;
}
