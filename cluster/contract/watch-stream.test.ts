import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { WatchStream } from "./watch-stream.ts";

const CHUNK_BYTES = 4 << 10;
const CHUNKS = 8 << 10;

it("reads events from pieces, wherever they are cut", async () => {
  const stream = new PassThrough();
  const watch = new WatchStream(200, {}, stream, () => {});
  const text = ["a", "é", "c"].map((object) => `${JSON.stringify({ type: "ADDED", object })}\n`).join("");
  for (const byte of Buffer.from(text)) stream.write(Buffer.of(byte));
  stream.write(text);
  stream.end('{"type":"cut');
  expect((await watch.rest()).map(({ object }) => object)).toEqual(["a", "é", "c", "a", "é", "c"]);
  expect([watch.endedCleanly, watch.received]).toEqual([true, 2 * text.length + '{"type":"cut'.length]);
});

// Read anew with each piece that comes, it would take minutes.
it("reads one line of 32 MiB", async () => {
  const stream = new PassThrough();
  const watch = new WatchStream(200, {}, stream, () => {});
  stream.write('{"type":"ADDED","object":"');
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) stream.write("x".repeat(CHUNK_BYTES));
  stream.end('"}\n');
  const [event] = await watch.rest();
  expect(event?.object).toHaveLength(CHUNKS * CHUNK_BYTES);
});
