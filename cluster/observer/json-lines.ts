import { Buffer } from "node:buffer";

/** The JSON documents of a stream, one a line, as a watch sends them. @throws SyntaxError for a line that is none */
export async function* jsonLines(body: AsyncIterable<Uint8Array>): AsyncGenerator {
  let pending: Buffer[] = [];
  for await (const piece of body) {
    let rest = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...pending, rest.subarray(0, end)]).toString("utf8");
      pending = [];
      rest = rest.subarray(end + 1);
      if (line.trim() !== "") yield JSON.parse(line) as unknown;
    }
    if (rest.length > 0) pending.push(rest);
  }
}

/** A whole body as JSON. @throws SyntaxError */
export async function jsonBody(body: AsyncIterable<Uint8Array>): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString("utf8")) as unknown;
}
