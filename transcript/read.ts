import { closeSync, openSync, readSync } from "node:fs";
import type { RawLine } from "./types.ts";

/** A transcript that cannot be read: names the line and what is wrong with it. */
export class TranscriptError extends Error {
  override readonly name = "TranscriptError";
  /** 1-based line number in the file. */
  readonly lineNumber: number;

  constructor(lineNumber: number, problem: string) {
    super(`transcript line ${lineNumber}: ${problem}`);
    this.lineNumber = lineNumber;
  }
}

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/**
 * Reads a transcript line by line, without holding the file in memory. A torn last line (a run that was killed
 * while writing) is passed over.
 *
 * @throws TranscriptError where a line other than the last is not a transcript line
 */
export function* readTranscriptFile(path: string): Generator<RawLine> {
  const descriptor = openSync(path, "r");
  try {
    yield* parseLines(chunksOf(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

/** The same from text in memory. */
export function* parseTranscript(text: string): Generator<RawLine> {
  yield* parseLines([Buffer.from(text, "utf8")]);
}

function* chunksOf(descriptor: number): Generator<Buffer> {
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const length = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}

function* parseLines(chunks: Iterable<Buffer>): Generator<RawLine> {
  let pending: Buffer[] = [];
  let lineNumber = 0;
  for (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE, start); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      lineNumber += 1;
      yield parseLine(Buffer.concat([...pending, chunk.subarray(start, end)]).toString("utf8"), lineNumber);
      pending = [];
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
  }
  // What is left has no newline: a torn last line. Nothing refers to it, so it is passed over.
}

function parseLine(text: string, lineNumber: number): RawLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TranscriptError(lineNumber, `not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!isLine(value)) throw new TranscriptError(lineNumber, "lacks one of seq, t, tenant, side, kind");
  return value;
}

function isLine(value: unknown): value is RawLine {
  if (typeof value !== "object" || value === null) return false;
  const line = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(line["seq"]) &&
    typeof line["t"] === "number" &&
    typeof line["tenant"] === "string" &&
    typeof line["side"] === "string" &&
    typeof line["kind"] === "string"
  );
}
