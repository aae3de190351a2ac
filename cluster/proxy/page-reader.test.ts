import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { BodyReader, type BodyEncoding } from "./page-reader.ts";
import { ProxyRecording } from "./recording.ts";

const PIECE = 65_536;

/** The JSON of a list of three objects. @param size of each, in characters that do not shrink to less than half */
function listOf(size: number): Buffer {
  const items = ["a", "b", "c"].map((uid) => ({
    metadata: { name: uid, uid, resourceVersion: "3" },
    data: { text: randomBytes(size / 2).toString("hex") },
  }));
  return Buffer.from(JSON.stringify({ kind: "ConfigMapList", apiVersion: "v1", metadata: { resourceVersion: "7" }, items }));
}

async function read(body: Buffer, encoding: BodyEncoding, verb = "list") {
  const reader = new BodyReader(verb, "configmaps", encoding, new ProxyRecording(undefined));
  for (let at = 0; at < body.length; at += PIECE) reader.push(body.subarray(at, at + PIECE));
  await reader.inflate();
  return reader.finish();
}

describe("the reader of pages", () => {
  describe.each([100, 2 ** 22])("of objects of %i bytes", (size) => {
    const list = listOf(size);

    it.each<[BodyEncoding, Buffer]>([
      ["identity", list],
      ["gzip", gzipSync(list, { level: 1 })],
    ])("reads %s", async (encoding, body) => {
      const page = await read(body, encoding);
      expect(page?.head).toMatchObject({ kind: "ConfigMapList", resourceVersion: "7" });
      expect(page?.refs).toEqual(["a", "b", "c"].map((uid) => [uid, "3", null]));
      expect(page?.items.map(({ object }) => JSON.stringify(object).length > size)).toEqual([true, true, true]);
    });

    it("reads nothing of what breaks off, and nothing of gzip that an inflater refuses, though all of it was there", async () => {
      expect(await read(list.subarray(0, -1), "identity")).toBeUndefined();
      const [gzip, refused] = [gzipSync(list), gzipSync(list)];
      refused[refused.length - 8] = (refused.at(-8) ?? 0) ^ 1;
      for (const body of [gzip.subarray(0, -1), refused, list]) expect(await read(body, "gzip")).toBeUndefined();
    });
  });

  it("reads an object", async () => {
    const object = { kind: "ConfigMap", apiVersion: "v1", metadata: { name: "a", uid: "u", resourceVersion: "3" } };
    const body = Buffer.from(`${JSON.stringify(object)}\n`);
    for (const [encoding, coded] of [
      ["identity", body],
      ["gzip", gzipSync(body)],
    ] as const)
      // prettier-ignore
      expect((await read(coded, encoding, "get"))?.refs).toEqual([["u", "3", null]]);
  });
});
