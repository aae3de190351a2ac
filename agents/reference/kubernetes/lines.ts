const NEWLINE = 0x0a;

/**
 * Splits a byte stream at newlines and nowhere else: JSON may hold U+2028 as it is, and a chunk may end inside a
 * character. A last piece without a newline is a torn document and is left out.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = Buffer.concat([...pending, chunk.subarray(start, end)]).toString("utf8");
      pending = [];
      start = end + 1;
      if (line.trim() !== "") yield line;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
  }
}
