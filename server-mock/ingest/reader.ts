import { hash } from "node:crypto";
import { decodeApiInfo, type ApiInfo } from "../../proto/index.ts";
import { ReadingCache } from "./cache.ts";
import { DEFAULT_LIMITS, type InflateLimits } from "./limits.ts";
import { nameFinding } from "./naming.ts";
import { readShape } from "./shape.ts";
import { readStream } from "./stream.ts";
import { readText } from "./text.ts";
import type { EntryReading, Finding, JsonObject } from "./types.ts";

/** Bounds of an entry reader. */
export interface EntryReaderOptions extends Partial<InflateLimits> {
  /** Readings kept for entries that come again; 0 keeps none. */
  readonly cacheEntries?: number;
  /** Inflated bytes that the kept readings stand for, at most. */
  readonly cacheInflatedBytes?: number;
}

/** Reads entries; remembers what it read by content, so that unchanged bytes cost a hash and no more. */
export interface EntryReader {
  /**
   * @param entry the bytes of a `KubernetesAPIInfo` message
   * @returns the reading; the same object for the same bytes for as long as it is remembered. Never throws.
   */
  read(entry: Uint8Array): EntryReading;
}

const DEFAULT_CACHE_ENTRIES = 200_000;
const DEFAULT_CACHE_INFLATED_BYTES = 256 * 1024 * 1024;
const NO_OBJECTS: readonly JsonObject[] = [];
const NO_FINDINGS: readonly Finding[] = [];

/** Makes a reader with its own memory. Limits: 64 MiB an entry, ratio 200 above 4 MiB, 10,000 levels of nesting. */
export function createEntryReader(options: EntryReaderOptions = {}): EntryReader {
  const limits: InflateLimits = {
    maxInflatedBytes: options.maxInflatedBytes ?? DEFAULT_LIMITS.maxInflatedBytes,
    maxRatio: options.maxRatio ?? DEFAULT_LIMITS.maxRatio,
    maxDepth: options.maxDepth ?? DEFAULT_LIMITS.maxDepth,
  };
  const cache = new ReadingCache(
    options.cacheEntries ?? DEFAULT_CACHE_ENTRIES,
    options.cacheInflatedBytes ?? DEFAULT_CACHE_INFLATED_BYTES,
  );
  return {
    read(entry) {
      const digest = hash("sha256", entry, "hex");
      const known = cache.get(digest);
      if (known) return known;
      const reading = readEntry(entry, digest, limits);
      cache.add(reading);
      return reading;
    },
  };
}

function readEntry(entry: Uint8Array, digest: string, limits: InflateLimits): EntryReading {
  let message: ApiInfo;
  try {
    message = decodeApiInfo(entry);
  } catch (error) {
    const problem = `the entry is no KubernetesAPIInfo message (${error instanceof Error ? error.message : String(error)})`;
    return unreadable(digest, undefined, 0, [{ code: "not-a-message", problem }]);
  }
  const { type } = message;
  const field = readField(message, limits);
  const { text } = field;
  if (!text) return unreadable(digest, type, 0, withName(field.findings, type, NO_OBJECTS));

  const { document, findings } = readText(text, limits.maxDepth);
  const sofar = field.findings.length === 0 ? findings : [...field.findings, ...findings];
  if (!document) return unreadable(digest, type, text.length, withName(sofar, type, NO_OBJECTS));

  const { shape, objects } = readShape(document.value);
  const shaped = shape === "object" ? sofar : [...sofar, { code: shape, problem: SHAPE_PROBLEMS[shape] }];
  const all = withName(shaped, type, objects);
  return { sha256: digest, ...typed(type), objects, shape, findings: all, inflatedBytes: text.length };
}

const SHAPE_PROBLEMS = {
  array: "the document is an array, not one object",
  list: "the document is a List, not one object",
  scalar: "the document is neither an object nor an array",
} as const;

function readField(message: ApiInfo, limits: InflateLimits): { readonly text?: Buffer; readonly findings: readonly Finding[] } {
  const { compressedInfo, info } = message;
  if (compressedInfo && compressedInfo.length > 0) {
    return readStream(Buffer.from(compressedInfo.buffer, compressedInfo.byteOffset, compressedInfo.byteLength), limits);
  }
  if (info) {
    const problem = "the object stands in the field info, and compressed_info is absent or empty";
    return { text: Buffer.from(info, "utf8"), findings: [{ code: "info-used", problem }] };
  }
  const problem = compressedInfo ? "compressed_info is empty" : "the entry has no compressed_info";
  return { findings: [{ code: "empty", problem }] };
}

function withName(findings: readonly Finding[], type: string | undefined, objects: readonly JsonObject[]): readonly Finding[] {
  const named = nameFinding(type, objects);
  if (named) return [...findings, named];
  return findings.length === 0 ? NO_FINDINGS : findings;
}

function unreadable(digest: string, type: string | undefined, inflatedBytes: number, findings: readonly Finding[]): EntryReading {
  return { sha256: digest, ...typed(type), objects: NO_OBJECTS, shape: "unreadable", findings, inflatedBytes };
}

function typed(type: string | undefined): { readonly type?: string } {
  return type === undefined ? {} : { type };
}
