import { constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import * as pako from "pako";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "./limits.ts";
import { readStream } from "./stream.ts";
import type { FindingCode } from "./types.ts";

const TEXT = JSON.stringify({ metadata: { uid: "u", name: "web", labels: { app: "web", tier: "web", zone: "web" } } });
const LONG = JSON.stringify({ data: Array.from({ length: 5000 }, (_, index) => `value ${index * 7919}`) });
const whole = deflateSync(TEXT);

const accepted: readonly [name: string, bytes: Buffer, text: string][] = [
  ["level 0 (stored)", deflateSync(TEXT, { level: 0 }), TEXT],
  ["level 1", deflateSync(TEXT, { level: 1 }), TEXT],
  ["level 5", deflateSync(TEXT, { level: 5 }), TEXT],
  ["level 6", whole, TEXT],
  ["level 9", deflateSync(TEXT, { level: 9 }), TEXT],
  ["a window of 512 bytes", deflateSync(LONG, { windowBits: 9 }), LONG],
  ["Huffman codes only", deflateSync(TEXT, { strategy: constants.Z_HUFFMAN_ONLY }), TEXT],
  ["fixed codes", deflateSync(TEXT, { strategy: constants.Z_FIXED }), TEXT],
  ["run lengths", deflateSync(TEXT, { strategy: constants.Z_RLE }), TEXT],
  ["little memory", deflateSync(LONG, { memLevel: 1 }), LONG],
  ["many stored blocks", deflateSync(LONG, { level: 0, memLevel: 1 }), LONG],
  ["many blocks", deflateSync(LONG), LONG],
  ["another implementation", Buffer.from(pako.deflate(LONG)), LONG],
  ["another implementation, stored", Buffer.from(pako.deflate(TEXT, { level: 0 })), TEXT],
  ["nothing", deflateSync(""), ""],
  ["one byte", deflateSync("1"), "1"],
  ["two million equal bytes", deflateSync(`"${" ".repeat(2_000_000)}"`), `"${" ".repeat(2_000_000)}"`],
];

const refused: readonly [name: string, bytes: Buffer, code: FindingCode, offset?: number][] = [
  ["gzip", gzipSync(TEXT), "gzip", 0],
  ["raw deflate", deflateRawSync(TEXT), "raw-deflate", 0],
  ["plain JSON", Buffer.from(TEXT), "plain", 0],
  ["a plain array behind a byte-order mark", Buffer.from("\ufeff [1]"), "plain", 0],
  ["plain text", Buffer.from("not json at all"), "plain", 0],
  ["base64 of zlib", Buffer.from(whole.toString("base64")), "not-zlib", 0],
  ["zstd", Buffer.from("28b52ffd2400010000", "hex"), "not-zlib", 0],
  ["header bits that do not add up", Buffer.concat([Buffer.from([0x78, 0x00]), whole.subarray(2)]), "not-zlib", 0],
  ["a window of 64 KiB", Buffer.concat([Buffer.from([0x88, 0x1c]), whole.subarray(2)]), "not-zlib", 0],
  ["cut in the middle", whole.subarray(0, whole.length >> 1), "truncated", whole.length >> 1],
  ["cut in the checksum", whole.subarray(0, -1), "truncated", whole.length - 1],
  ["the header alone", whole.subarray(0, 2), "truncated", 2],
  ["a flush without an end", deflateSync(TEXT, { finishFlush: constants.Z_SYNC_FLUSH }), "truncated"],
  ["a wrong checksum", changed(whole, whole.length - 1), "checksum", whole.length - 4],
  ["a preset dictionary", deflateSync(TEXT, { dictionary: Buffer.from("metadata") }), "preset-dictionary", 1],
  ["a block type that does not exist", Buffer.from([0x78, 0x9c, 0x07, 0, 0, 0, 0, 0]), "corrupt"],
  ["a stored length that is damaged", changed(deflateSync(TEXT, { level: 0 }), 5), "corrupt"],
];

describe("readStream", () => {
  it("is tried with as many streams to take as to refuse", () => expect(refused).toHaveLength(accepted.length));

  it.each(accepted)("takes %s, as another inflater does", (_name, bytes, text) => {
    const reading = readStream(bytes, DEFAULT_LIMITS);
    expect(reading.findings).toEqual([]);
    expect(reading.text?.toString()).toBe(text);
    expect(inflatedElsewhere(bytes)).toBe(text);
  });

  it.each(refused)("refuses %s, as another inflater does", (_name, bytes, code, offset) => {
    const [found, ...more] = readStream(bytes, DEFAULT_LIMITS).findings;
    expect(found?.code).toBe(code);
    if (offset !== undefined) expect(found).toMatchObject({ offset, offsetIn: "compressed_info" });
    expect(more).toEqual([]);
    expect(inflatedElsewhere(bytes)).toBeUndefined();
  });

  it("reads on past a wrong checksum, and past what follows a stream", () => {
    const wrong = changed(whole, whole.length - 1);
    expect(readStream(wrong, DEFAULT_LIMITS).text?.toString()).toBe(TEXT);
    const reading = readStream(Buffer.concat([wrong, Buffer.from("x")]), DEFAULT_LIMITS);
    expect(reading.text?.toString()).toBe(TEXT);
    expect(reading.findings.map((finding) => [finding.code, finding.offset])).toEqual([
      ["checksum", whole.length - 4],
      ["trailing-bytes", whole.length],
    ]);
  });

  it.each([
    ["one byte", Buffer.from([0]), "1 byte follows"],
    ["a second stream", whole, "another zlib stream"],
    ["an unused rest of a buffer", Buffer.alloc(400), "400 bytes follow"],
  ])("uses the first stream and tells of %s behind it", (_name, rest, words) => {
    const reading = readStream(Buffer.concat([whole, rest]), DEFAULT_LIMITS);
    expect(reading.text?.toString()).toBe(TEXT);
    expect(reading.findings).toMatchObject([{ code: "trailing-bytes", offset: whole.length }]);
    expect(reading.findings[0]?.problem).toContain(words);
  });

  it.each([
    ["the ratio", 10 * 1024 * 1024, { ...DEFAULT_LIMITS, maxRatio: 5 }],
    ["the size", 10 * 1024 * 1024, { ...DEFAULT_LIMITS, maxInflatedBytes: 1024 * 1024 }],
  ])("stops at %s", (_name, size, limits) => {
    const bomb = deflateSync(Buffer.alloc(size, 0x20));
    expect(readStream(bomb, limits)).toMatchObject({ findings: [{ code: "too-large" }] });
    expect(readStream(bomb, limits).text).toBeUndefined();
    expect(readStream(bomb, { ...DEFAULT_LIMITS, maxRatio: 2000 }).text).toHaveLength(size);
  });

  it("stops at a bomb behind a wrong checksum and at a raw one", () => {
    const bomb = deflateSync(Buffer.alloc(10 * 1024 * 1024, 0x20));
    const limits = { ...DEFAULT_LIMITS, maxInflatedBytes: 1024 };
    expect(readStream(changed(bomb, bomb.length - 1), limits).findings).toMatchObject([{ code: "too-large" }]);
    expect(readStream(bomb.subarray(2, -4), limits).text).toBeUndefined();
  });
});

function changed(bytes: Buffer, offset: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[offset] = (copy[offset] ?? 0) ^ 0x01;
  return copy;
}

function inflatedElsewhere(bytes: Buffer): string | undefined {
  try {
    return Buffer.from(pako.inflate(bytes, { windowBits: 15 })).toString();
  } catch {
    return undefined;
  }
}
