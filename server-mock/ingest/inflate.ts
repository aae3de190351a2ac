import { inflateRawSync, inflateSync, type ZlibOptions } from "node:zlib";

/** An attempt at one stream: all of it, with the compressed bytes it took, or why not. */
export type Inflation =
  | { readonly ok: true; readonly bytes: Buffer; readonly consumed: number }
  | {
      readonly ok: false;
      readonly why: "truncated" | "checksum" | "dictionary" | "too-large" | "corrupt";
      readonly message: string;
    };

type Inflate = (bytes: Uint8Array, options: ZlibOptions) => Buffer;

/** Inflates the first zlib stream (RFC 1950); output beyond `limit` bytes is never made. */
export function inflateZlib(bytes: Uint8Array, limit: number): Inflation {
  return attempt(inflateSync, bytes, limit);
}

/** The same for a raw deflate stream (RFC 1951). */
export function inflateRaw(bytes: Uint8Array, limit: number): Inflation {
  return attempt(inflateRawSync, bytes, limit);
}

function attempt(inflate: Inflate, bytes: Uint8Array, limit: number): Inflation {
  try {
    const options = { info: true, maxOutputLength: limit, chunkSize: chunkSizeFor(bytes.length) };
    // With `info` the function returns the engine beside the buffer; its declared type does not say so.
    const result = inflate(bytes, options) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    return { ok: true, bytes: result.buffer, consumed: result.engine.bytesWritten };
  } catch (error) {
    return { ok: false, ...reasonOf(error) };
  }
}

/** About what an object inflates to, so that most entries need one small chunk and none a large one for nothing. */
function chunkSizeFor(compressedBytes: number): number {
  let size = 1024;
  while (size < 3 * compressedBytes && size < 65_536) size *= 2;
  return size;
}

function reasonOf(error: unknown): { why: "truncated" | "checksum" | "dictionary" | "too-large" | "corrupt"; message: string } {
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  if (code === "ERR_BUFFER_TOO_LARGE") return { why: "too-large", message };
  if (code === "Z_BUF_ERROR") return { why: "truncated", message };
  if (code === "Z_NEED_DICT") return { why: "dictionary", message };
  return { why: message.includes("incorrect data check") ? "checksum" : "corrupt", message };
}
