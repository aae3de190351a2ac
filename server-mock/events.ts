import type { TranscriptEvent } from "../transcript/index.ts";

/**
 * What the mock server records. Facts only: what was on the wire and what the mock did with it. What an entry
 * holds is derived from the bytes again by whoever reads the transcript.
 */

/** The mock listens. Recorded once per server, before anything else of it. */
export interface RpcListening extends TranscriptEvent {
  readonly side: "rpc";
  readonly kind: "listening";
  readonly address: string;
  readonly target: string;
}

/**
 * A piece of a request's bytes, in wire order; all pieces put together are the exact frame.
 * `entries` names a blob: a JSON array of the SHA-256 of each entry's `KubernetesAPIInfo` bytes (the message
 * itself, without tag and length, which are written in their shortest form: a frame in which they are not is kept
 * whole in one `base64`/`blob` segment).
 */
export type FrameSegment =
  | { readonly base64: string }
  | { readonly blob: string }
  | { readonly entries: string; readonly count: number };

/** A call arrived whole. `call` numbers the calls of one server from 1. */
export interface RpcRequest extends TranscriptEvent {
  readonly side: "rpc";
  readonly kind: "request";
  readonly call: number;
  /** gRPC path, `/agent.Synchronizer/KubernetesAPISync`. */
  readonly path: string;
  readonly peer: string;
  readonly frame: readonly FrameSegment[];
}

/** A call was answered, or ended without an answer. */
export interface RpcAnswer extends TranscriptEvent {
  readonly side: "rpc";
  readonly kind: "answer";
  readonly call: number;
  /** gRPC status code; 0 is OK. */
  readonly code: number;
  readonly details?: string;
  /** Response message bytes, base64; absent where there was none. */
  readonly base64?: string;
  /** Row of the decision table (protocol.md 2.2) that decided; KubernetesAPISync only. */
  readonly row?: string;
  /** Path and client; only where no request line stands before, as the request was refused unread (too large). */
  readonly path?: string;
  readonly peer?: string;
  /** What the target's store did with the request: replaced its record, only refreshed it, or never saw it. */
  readonly stored?: "replaced" | "refreshed" | "dropped";
}

/** The mock forgot (restart with amnesia), all clusters or one. */
export interface RpcReset extends TranscriptEvent {
  readonly side: "rpc";
  readonly kind: "reset";
  readonly cluster?: string;
}

/** The mock's virtual clock went forward. */
export interface RpcClock extends TranscriptEvent {
  readonly side: "rpc";
  readonly kind: "clock";
  readonly advancedMs: number;
  /** Absent: the clock of all clusters. */
  readonly cluster?: string;
}

/** A scripted fault was installed, fired, or taken away unfired. */
export interface RpcFault extends TranscriptEvent {
  readonly side: "rpc";
  readonly kind: "fault";
  readonly fault: string;
  readonly event: "scripted" | "fired" | "removed";
  readonly call?: number;
}

/** A TCP connection of a client came or went. */
export interface RpcConnection extends TranscriptEvent {
  readonly side: "rpc";
  readonly kind: "connection";
  readonly peer: string;
  readonly event: "opened" | "closed";
}

/** Every line that the gRPC side records. */
export type RpcEvent = RpcListening | RpcRequest | RpcAnswer | RpcReset | RpcClock | RpcFault | RpcConnection;
