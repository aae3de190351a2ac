/**
 * One entry (`KubernetesAPIInfo`) read as tolerantly as it can be, with every deviation told as a finding.
 * Pure and content-addressed: the same bytes give the same reading.
 */
export interface EntryReading {
  /** SHA-256 of the `KubernetesAPIInfo` message bytes. */
  readonly sha256: string;
  /** The `type` field; absent ≠ "". */
  readonly type?: string;
  /**
   * What could be read: one object normally; several for an array or a List; of several documents the first. May nest
   * as deep as Go reads (10,000 levels), where `JSON.stringify` overflows the stack: who serialises one, catches that.
   */
  readonly objects: readonly JsonObject[];
  /** How the target would see the document: `object` alone is used by server lines. */
  readonly shape: "object" | "array" | "list" | "scalar" | "unreadable";
  readonly findings: readonly Finding[];
  readonly inflatedBytes: number;
}

/** A JSON object, as parsed. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** Every deviation that ingest tells apart. The codes are API: never reused, never changed in meaning. */
export type FindingCode =
  // the field
  | "not-a-message" // the entry's bytes are no protobuf message
  | "empty" // compressed_info absent or without bytes, and no info either
  | "info-used" // `info` is set and compressed_info is not
  // the stream (protocol.md 2.5)
  | "gzip"
  | "raw-deflate"
  | "plain"
  | "not-zlib"
  | "truncated"
  | "checksum"
  | "preset-dictionary"
  | "corrupt"
  | "trailing-bytes"
  | "too-large" // over the inflation limit
  // the text (protocol.md 3)
  | "byte-order-mark"
  | "not-utf8"
  | "empty-text"
  | "not-json"
  | "too-deep"
  | "several-documents"
  // the shape (protocol.md 3)
  | "array"
  | "list"
  | "scalar"
  // type against kind (protocol.md 6.2)
  | "no-type"
  | "unknown-type"
  | "kind-mismatch";

/** Something found in an entry: what, and where. */
export interface Finding {
  readonly code: FindingCode;
  /** Byte offset in compressed_info, or in the inflated text; absent where none applies. */
  readonly offset?: number;
  readonly offsetIn?: "compressed_info" | "text";
  /** What was found, for people: "compressed_info is a gzip stream (1f 8b), not zlib". */
  readonly problem: string;
}
