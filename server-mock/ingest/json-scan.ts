/** What a scan of JSON text found; offsets are in bytes. */
export type JsonScan =
  | { readonly ok: true; /** Where the first document ends. */ readonly end: number }
  | { readonly ok: false; readonly offset: number; readonly problem: string };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;
const SLASH = 0x2f;
const LITERALS: Readonly<Record<number, string>> = { 0x74: "true", 0x66: "false", 0x6e: "null" };
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Scans the first JSON document (RFC 8259) of a text without building it, for a text that `JSON.parse` refused: tells
 * a document with something behind it from one that is broken, and where. Iterative, so that no nesting can hurt it.
 */
export function scanJson(bytes: Buffer): JsonScan {
  const open: number[] = [];
  let offset = skipSpace(bytes, 0);
  for (;;) {
    // A value begins here.
    const byte = bytes[offset];
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      open.push(byte);
      offset = skipSpace(bytes, offset + 1);
      const closer = byte === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY;
      if (bytes[offset] !== closer) {
        if (byte === OPEN_ARRAY) continue;
        const key = scanKey(bytes, offset);
        if (!key.ok) return key;
        offset = key.end;
        continue;
      }
      open.pop();
      offset += 1;
    } else {
      const scalar = scanScalar(bytes, offset);
      if (!scalar.ok) return scalar;
      offset = scalar.end;
    }
    // A value ended: close what it closes, or go on to the next member.
    for (;;) {
      const container = open.at(-1);
      if (container === undefined) return { ok: true, end: offset };
      offset = skipSpace(bytes, offset);
      const next = bytes[offset];
      if (next === (container === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY)) {
        open.pop();
        offset += 1;
        continue;
      }
      if (next !== COMMA) return unexpected(bytes, offset, `"," or "${container === OPEN_OBJECT ? "}" : "]"}"`);
      offset = skipSpace(bytes, offset + 1);
      if (container === OPEN_OBJECT) {
        const key = scanKey(bytes, offset);
        if (!key.ok) return key;
        offset = key.end;
      }
      break;
    }
  }
}

/** The first offset at or after `offset` that is not JSON whitespace. */
export function skipSpace(bytes: Buffer, offset: number): number {
  let next = offset;
  for (; ; next += 1) {
    const byte = bytes[next];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return next;
  }
}

/** A member's name and its colon; ends where the value begins. */
function scanKey(bytes: Buffer, offset: number): JsonScan {
  if (bytes[offset] !== QUOTE) return unexpected(bytes, offset, "a member name in double quotes");
  const name = scanString(bytes, offset);
  if (!name.ok) return name;
  const colon = skipSpace(bytes, name.end);
  if (bytes[colon] !== COLON) return unexpected(bytes, colon, '":"');
  return { ok: true, end: skipSpace(bytes, colon + 1) };
}

function scanScalar(bytes: Buffer, offset: number): JsonScan {
  const byte = bytes[offset];
  if (byte === QUOTE) return scanString(bytes, offset);
  const literal = byte === undefined ? undefined : LITERALS[byte];
  if (literal !== undefined) {
    const found = bytes.toString("latin1", offset, offset + literal.length);
    return found === literal ? { ok: true, end: offset + literal.length } : unexpected(bytes, offset, "a value");
  }
  if (byte !== undefined && (byte === 0x2d || (byte >= 0x30 && byte <= 0x39))) return scanNumber(bytes, offset);
  return unexpected(bytes, offset, "a value");
}

function scanNumber(bytes: Buffer, offset: number): JsonScan {
  let end = offset;
  for (let byte = bytes[end]; byte !== undefined && isNumberByte(byte); byte = bytes[++end]);
  const text = bytes.toString("latin1", offset, end);
  NUMBER.lastIndex = 0;
  const length = NUMBER.exec(text)?.[0].length ?? 0;
  return length === 0 ? unexpected(bytes, offset + 1, "a digit") : { ok: true, end: offset + length };
}

function isNumberByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e || byte === 0x45 || byte === 0x65;
}

function scanString(bytes: Buffer, start: number): JsonScan {
  for (let offset = start + 1; ; offset += 1) {
    const byte = bytes[offset];
    if (byte === undefined) return { ok: false, offset: start, problem: "the string that begins here never ends" };
    if (byte === QUOTE) return { ok: true, end: offset + 1 };
    if (byte < 0x20) return { ok: false, offset, problem: `a control character (${hex(byte)}) inside a string` };
    if (byte !== BACKSLASH) continue;
    const escaped = bytes.toString("latin1", offset + 1, offset + 6);
    if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(escaped))
      return { ok: false, offset, problem: "an escape that JSON does not know" };
    offset += escaped.startsWith("u") ? 5 : 1;
  }
}

function unexpected(bytes: Buffer, offset: number, wanted: string): JsonScan {
  const byte = bytes[offset];
  if (byte === undefined) return { ok: false, offset: bytes.length, problem: `the text ends where ${wanted} should stand` };
  if (byte === SLASH) return { ok: false, offset, problem: `a "/" where ${wanted} should stand: JSON has no comments` };
  const shown = byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte ${hex(byte)}`;
  return { ok: false, offset, problem: `${shown} where ${wanted} should stand` };
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
