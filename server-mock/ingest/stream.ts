import { isUtf8 } from "node:buffer";
import { inflateRaw, inflateZlib } from "./inflate.ts";
import { type InflateLimits, outputLimit } from "./limits.ts";
import type { Finding, FindingCode } from "./types.ts";

const HEADER_BYTES = 2;
const CHECKSUM_BYTES = 4;

/** What a compressed_info held: text where it could be read, and each deviation from one whole zlib stream. */
export interface StreamReading {
  readonly text?: Buffer;
  readonly findings: readonly Finding[];
}

/** Reads a compressed_info as zlib (RFC 1950) and tells apart what is not (protocol.md 2.5). */
export function readStream(bytes: Buffer, limits: InflateLimits): StreamReading {
  if (!hasZlibHeader(bytes)) return unreadable(foreign(bytes, limits));
  const limit = outputLimit(bytes.length, limits);
  const inflation = inflateZlib(bytes, limit);
  if (inflation.ok) return withTrailer(inflation.bytes, inflation.consumed, bytes, []);
  switch (inflation.why) {
    case "too-large":
      return unreadable(
        finding(
          "too-large",
          bytes.length,
          `${bytes.length} bytes of compressed_info inflate to more than ${limit} bytes, where reading stops`,
        ),
      );
    case "truncated":
      return unreadable(finding("truncated", bytes.length, "compressed_info breaks off before its zlib stream ends"));
    case "dictionary":
      return unreadable(
        finding("preset-dictionary", 1, "compressed_info is a zlib stream with a preset dictionary, which nobody has"),
      );
    case "checksum":
      return wrongChecksum(bytes, limit);
    case "corrupt":
      return unreadable(corrupt(`compressed_info is a damaged zlib stream (${inflation.message})`));
  }
}

function wrongChecksum(bytes: Buffer, limit: number): StreamReading {
  const body = inflateRaw(bytes.subarray(HEADER_BYTES), limit);
  // The body was whole a moment ago: only its checksum was refused.
  if (!body.ok) return unreadable(corrupt(`compressed_info is a damaged zlib stream (${body.message})`));
  const end = HEADER_BYTES + body.consumed;
  const problem = "the zlib stream in compressed_info ends in a wrong Adler-32 checksum";
  return withTrailer(body.bytes, end + CHECKSUM_BYTES, bytes, [finding("checksum", end, problem)]);
}

function withTrailer(text: Buffer, consumed: number, bytes: Buffer, findings: readonly Finding[]): StreamReading {
  if (consumed >= bytes.length) return { text, findings };
  const count = bytes.length - consumed;
  const what = hasZlibHeader(bytes.subarray(consumed)) ? "another zlib stream" : "something else";
  const problem = `${count} ${count === 1 ? "byte follows" : "bytes follow"} the zlib stream in compressed_info (${what})`;
  return { text, findings: [...findings, finding("trailing-bytes", consumed, problem)] };
}

/** Method 8, a window of at most 32 KiB, and header bits that add up (RFC 1950 2.2). */
function hasZlibHeader(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes;
  // A lone first byte cannot be told from the start of a stream; it is read as one that breaks off.
  if (bytes.length === 1) return method === 0x78;
  return (method & 0x0f) === 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 === 0;
}

function foreign(bytes: Buffer, limits: InflateLimits): Finding {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return finding("gzip", 0, "compressed_info is a gzip stream (1f 8b), not zlib");
  const start = bytes
    .toString("latin1", 0, 8)
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
  if (/^[[{"]/.test(start)) return finding("plain", 0, "compressed_info is plain JSON text, not compressed");
  if (inflateRaw(bytes, outputLimit(bytes.length, limits)).ok) {
    return finding("raw-deflate", 0, "compressed_info is a raw deflate stream (RFC 1951) without the zlib header");
  }
  const head = bytes.subarray(0, 4).toString("hex");
  if (start.startsWith("eJ") || start.startsWith("eN")) {
    return finding("not-zlib", 0, "compressed_info looks like a zlib stream in base64; the field takes the bytes themselves");
  }
  if (isUtf8(bytes) && !hasControls(bytes)) return finding("plain", 0, "compressed_info is plain text, not compressed");
  return finding("not-zlib", 0, `compressed_info begins with ${head}, which is no zlib header`);
}

function hasControls(bytes: Buffer): boolean {
  return bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
}

function unreadable(found: Finding): StreamReading {
  return { findings: [found] };
}

function finding(code: FindingCode, offset: number, problem: string): Finding {
  return { code, offset, offsetIn: "compressed_info", problem };
}

function corrupt(problem: string): Finding {
  return { code: "corrupt", problem };
}
