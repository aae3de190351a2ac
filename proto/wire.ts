import { WIRE_BYTES, WIRE_VARINT, WireReader } from "./reader.ts";

export { WireError } from "./reader.ts";

/** A `KubernetesAPISyncRequest` as it was on the wire (protocol.md 1.1). An absent field is a missing key. */
export interface SyncRequest {
  readonly clusterId?: string;
  readonly version?: bigint;
  readonly errorMsg?: string;
  readonly agentId?: number;
  readonly sourceIp?: string;
  readonly teamId?: string;
  /** The bytes of each `KubernetesAPIInfo`, without tag and length; views into the frame. */
  readonly entries: readonly Uint8Array[];
}

/** A `KubernetesAPIInfo` as it was on the wire (protocol.md 1.3). */
export interface ApiInfo {
  readonly type?: string;
  readonly info?: string;
  /** A view into the message. */
  readonly compressedInfo?: Uint8Array;
}

/** A piece of a frame: bytes as they are, or so many of its entries in a row. */
export type WireSegment = { readonly bytes: Uint8Array } | { readonly entries: number };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const ENTRIES = 10;
const ENTRIES_TAG = (ENTRIES << 3) | WIRE_BYTES;

/**
 * Reads a request of either service. The last one of a repeated scalar wins, unknown fields are passed over, and so
 * is a known field under another wire type.
 *
 * @throws WireError where the bytes are not a protobuf message
 */
export function decodeSyncRequest(frame: Uint8Array): SyncRequest {
  const entries: Uint8Array[] = [];
  const request: Mutable<SyncRequest> = { entries };
  const reader = new WireReader(frame);
  while (reader.next()) {
    const { field, wireType } = reader;
    if (wireType === WIRE_VARINT && field === 2) request.version = reader.uint64();
    else if (wireType === WIRE_VARINT && field === 4) request.agentId = reader.uint32();
    else if (wireType !== WIRE_BYTES) reader.skip();
    else if (field === ENTRIES) entries.push(reader.view());
    else if (field === 1) request.clusterId = reader.text();
    else if (field === 3) request.errorMsg = reader.text();
    else if (field === 5) request.sourceIp = reader.text();
    else if (field === 6) request.teamId = reader.text();
    else reader.skip();
  }
  return request;
}

/** Reads one entry. @throws WireError where the bytes are not a protobuf message */
export function decodeApiInfo(bytes: Uint8Array): ApiInfo {
  const info: Mutable<ApiInfo> = {};
  const reader = new WireReader(bytes);
  while (reader.next()) {
    if (reader.wireType !== WIRE_BYTES) reader.skip();
    else if (reader.field === 1) info.type = reader.text();
    else if (reader.field === 2) info.info = reader.text();
    else if (reader.field === 3) info.compressedInfo = reader.view();
    else reader.skip();
  }
  return info;
}

/** Steps through a message of any kind. @throws WireError where the bytes are not a protobuf message */
export function checkMessage(bytes: Uint8Array): void {
  const reader = new WireReader(bytes);
  while (reader.next()) reader.skip();
}

/** Reads a `KubernetesAPISyncResponse`; absent is not zero (protocol.md 1.2). @throws WireError */
export function decodeSyncResponse(bytes: Uint8Array): { readonly version?: bigint } {
  const response: { version?: bigint } = {};
  const reader = new WireReader(bytes);
  while (reader.next()) {
    if (reader.field === 1 && reader.wireType === WIRE_VARINT) response.version = reader.uint64();
    else reader.skip();
  }
  return response;
}

/** The bytes of a `KubernetesAPISyncResponse`; without a version, none. */
export function encodeSyncResponse(version: bigint | undefined): Buffer {
  if (version === undefined) return Buffer.alloc(0);
  const bytes = [0x08];
  let rest = BigInt.asUintN(64, version);
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/**
 * Cuts the entries out of a request, so that `joinFrame` gives the exact bytes again. A frame in which an entry's tag
 * or length is not in its shortest form, or which is no protobuf message, stays in one piece. Never throws.
 */
export function splitFrame(frame: Uint8Array): {
  readonly segments: readonly WireSegment[];
  readonly entries: readonly Uint8Array[];
} {
  const whole = { segments: frame.length === 0 ? [] : [{ bytes: frame }], entries: [] };
  const segments: ({ bytes: Uint8Array } | { entries: number })[] = [];
  const entries: Uint8Array[] = [];
  let plainFrom = 0;
  let run: { entries: number } | undefined;
  const reader = new WireReader(frame);
  try {
    while (reader.next()) {
      if (reader.field !== ENTRIES || reader.wireType !== WIRE_BYTES) {
        reader.skip();
        run = undefined;
        continue;
      }
      const start = reader.tagStart;
      const entry = reader.view();
      if (reader.offset - start !== 1 + lengthOfLength(entry.length) + entry.length) return whole;
      if (start > plainFrom) segments.push({ bytes: frame.subarray(plainFrom, start) });
      if (run) run.entries += 1;
      else segments.push((run = { entries: 1 }));
      entries.push(entry);
      plainFrom = reader.offset;
    }
  } catch {
    return whole;
  }
  if (plainFrom < frame.length) segments.push({ bytes: frame.subarray(plainFrom) });
  return { segments, entries };
}

/** The frame that `splitFrame` cut. @throws RangeError where there are fewer entries than the segments speak of */
export function joinFrame(segments: readonly WireSegment[], entries: readonly Uint8Array[]): Buffer {
  const pieces: Uint8Array[] = [];
  let next = 0;
  for (const segment of segments) {
    if ("bytes" in segment) {
      pieces.push(segment.bytes);
      continue;
    }
    for (const entry of entries.slice(next, next + segment.entries)) pieces.push(entryHead(entry.length), entry);
    next += segment.entries;
  }
  if (next > entries.length) throw new RangeError(`a frame of ${next} entries, of which ${entries.length} are there`);
  return Buffer.concat(pieces);
}

function entryHead(length: number): Uint8Array {
  const head = [ENTRIES_TAG];
  let rest = length;
  for (; rest >= 0x80; rest >>>= 7) head.push((rest & 0x7f) | 0x80);
  head.push(rest);
  return Uint8Array.from(head);
}

function lengthOfLength(length: number): number {
  let bytes = 1;
  for (let rest = length; rest >= 0x80; rest >>>= 7) bytes += 1;
  return bytes;
}
