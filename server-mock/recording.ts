import { joinFrame, splitFrame, type WireSegment } from "../proto/index.ts";
import type { Recorder } from "../transcript/index.ts";
import type { FrameSegment } from "./events.ts";

/** Longer pieces outside the entries go into blobs. */
const INLINE_BYTES = 4_096;

/** Puts a request's bytes into the transcript, each entry once per content, and says how to join them again. */
export function recordFrame(recorder: Recorder, frame: Uint8Array): FrameSegment[] {
  const { segments, entries } = splitFrame(frame);
  let next = 0;
  return segments.map((segment) => {
    if ("bytes" in segment) return plainSegment(recorder, segment.bytes);
    const hashes = entries.slice(next, next + segment.entries).map((entry) => recorder.blob(entry));
    next += segment.entries;
    return { entries: recorder.blob(JSON.stringify(hashes)), count: hashes.length };
  });
}

function plainSegment(recorder: Recorder, bytes: Uint8Array): FrameSegment {
  if (bytes.length > INLINE_BYTES) return { blob: recorder.blob(bytes) };
  return { base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64") };
}

/**
 * The exact bytes of a recorded request.
 *
 * @param blobOf gives a blob's bytes by SHA-256, and throws where it has none
 */
export function readFrame(frame: readonly FrameSegment[], blobOf: (sha256: string) => Uint8Array): Buffer {
  const entries: Uint8Array[] = [];
  const segments = frame.map((segment): WireSegment => {
    if ("base64" in segment) return { bytes: Buffer.from(segment.base64, "base64") };
    if ("blob" in segment) return { bytes: blobOf(segment.blob) };
    const hashes = JSON.parse(Buffer.from(blobOf(segment.entries)).toString("utf8")) as string[];
    entries.push(...hashes.map((hash) => blobOf(hash)));
    return { entries: hashes.length };
  });
  return joinFrame(segments, entries);
}
