const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Where the text nests deeper than the limit, in bytes; undefined where it never does. Counts brackets outside strings
 * and leaves every other fault to the parser. A text of fewer than two bytes a level cannot be too deep.
 */
export function tooDeepAt(bytes: Buffer, maxDepth: number): number | undefined {
  if (bytes.length <= 2 * maxDepth) return undefined;
  let depth = 0;
  for (let offset = 0; offset < bytes.length; offset += 1) {
    const byte = bytes[offset];
    if (byte === QUOTE) {
      const end = stringEnd(bytes, offset);
      if (end < 0) return undefined;
      offset = end;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > maxDepth) return offset;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return undefined;
}

/** The closing quote of the string that begins at `start`; −1 where it never ends. */
function stringEnd(bytes: Buffer, start: number): number {
  for (let quote = bytes.indexOf(QUOTE, start + 1); quote >= 0; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let backslashes = 0;
    while (bytes[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
  }
  return -1;
}
