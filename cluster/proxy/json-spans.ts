import type { Buffer } from "node:buffer";

/** Characters of JSON. */
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const SPACE = 0x20;
const OPEN_BRACE = 0x7b;

/** `[` and `{` differ in this bit alone, and so do `]` and `}`. */
export const BRACKET_BIT = 0x20;
export const OPEN = 0x7b;
export const CLOSE = 0x7d;

/** Bytes from `from` to `to`, which is excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds members of the object that begins at `at`, without decoding what is in them.
 * @param names keys that are wanted; the search ends once all are found
 * @returns their values; empty where there is no object. Bytes that are not JSON give some answer, and never an error
 */
export function findMembers(bytes: Buffer, at: number, names: readonly string[]): ReadonlyMap<string, Span> {
  let left = names.length;
  return walk(bytes, at, (key) => {
    if (left === 0) return "stop";
    if (!names.includes(key)) return "pass";
    left -= 1;
    return "take";
  });
}

/** Goes through the members of an object until it is told to stop. */
function walk(
  bytes: Buffer,
  at: number,
  judge: (key: string, from: number) => "take" | "pass" | "stop",
): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  let position = skipSpace(bytes, at);
  if (bytes[position] !== OPEN_BRACE) return found;
  position = skipSpace(bytes, position + 1);
  while (bytes[position] === QUOTE) {
    const keyEnd = endOfString(bytes, position);
    const key = bytes.toString("latin1", position + 1, keyEnd - 1);
    position = skipSpace(bytes, keyEnd);
    if (bytes[position] !== COLON) return found;
    const from = skipSpace(bytes, position + 1);
    const judgement = judge(key, from);
    if (judgement === "stop") return found;
    const to = endOfValue(bytes, from);
    if (judgement === "take") found.set(key, { from, to });
    position = skipSpace(bytes, to);
    if (bytes[position] !== COMMA) return found;
    position = skipSpace(bytes, position + 1);
  }
  return found;
}

/**
 * Finds members that stand before another one, whose end nobody has to look for.
 * @param last key at whose value the search ends
 */
export function findMembersBefore(
  bytes: Buffer,
  at: number,
  names: readonly string[],
  last: string,
): { readonly found: ReadonlyMap<string, Span>; /** Where the value of `last` begins. */ readonly lastAt: number | undefined } {
  let lastAt: number | undefined;
  const found = walk(bytes, at, (key, from) => {
    if (key === last) lastAt = from;
    return key === last ? "stop" : names.includes(key) ? "take" : "pass";
  });
  return { found, lastAt };
}

/** The value in a span, which is one JSON value; undefined where it is none. */
export function parseSpan(bytes: Buffer, span: Span | undefined): unknown {
  if (span === undefined) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8", span.from, span.to));
  } catch {
    return undefined;
  }
}

/** The text in a span; "" where it is no string. */
export function textOf(bytes: Buffer, span: Span | undefined): string {
  if (span === undefined || bytes[span.from] !== QUOTE) return "";
  const raw = bytes.toString("latin1", span.from + 1, span.to - 1);
  // Names, uids and versions are plain ASCII, save for what nobody writes.
  if (/^[ !#-[\]-~]*$/.test(raw)) return raw;
  const value = parseSpan(bytes, span);
  return typeof value === "string" ? value : "";
}

function endOfValue(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first === QUOTE) return endOfString(bytes, at);
  if ((first | BRACKET_BIT) === OPEN) return endOfContainer(bytes, at);
  let end = at;
  for (
    let byte = first;
    end < bytes.length && byte !== COMMA && (byte | BRACKET_BIT) !== CLOSE && byte > SPACE;
    byte = bytes[end] ?? 0
  ) {
    end += 1;
  }
  return end;
}

function endOfContainer(bytes: Buffer, at: number): number {
  let depth = 0;
  for (let end = at; end < bytes.length; end += 1) {
    const byte = bytes[end] ?? 0;
    if (byte === QUOTE) end = endOfString(bytes, end) - 1;
    else if ((byte | BRACKET_BIT) === OPEN) depth += 1;
    else if ((byte | BRACKET_BIT) === CLOSE) {
      depth -= 1;
      if (depth === 0) return end + 1;
    }
  }
  return bytes.length;
}

function endOfString(bytes: Buffer, at: number): number {
  for (let end = at + 1; end < bytes.length; end += 1) {
    const byte = bytes[end];
    if (byte === QUOTE) return end + 1;
    if (byte === BACKSLASH) end += 1;
  }
  return bytes.length;
}

function skipSpace(bytes: Buffer, at: number): number {
  let position = at;
  while (position < bytes.length && (bytes[position] ?? 0) <= SPACE) position += 1;
  return position;
}
