import { deflateSync, gzipSync } from "node:zlib";
import { array, assert as assertThat, property, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import { apiInfo } from "./api-info.testkit.ts";
import { createEntryReader } from "./reader.ts";
import type { EntryReading, FindingCode } from "./types.ts";

const pod = (name = "web") => ({ apiVersion: "v1", kind: "Pod", metadata: { uid: `uid-${name}`, name } });
const zipped = (value: unknown) => deflateSync(JSON.stringify(value));
const read = (fields: Parameters<typeof apiInfo>[0]): EntryReading => createEntryReader().read(apiInfo(fields));
const codes = (reading: EntryReading): readonly FindingCode[] => reading.findings.map((finding) => finding.code);

describe("the entry reader", () => {
  it("reads one object", () => {
    const reading = read({ type: "*v1.Pod", compressedInfo: zipped(pod()) });
    expect(reading).toEqual({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      type: "*v1.Pod",
      objects: [pod()],
      shape: "object",
      findings: [],
      inflatedBytes: JSON.stringify(pod()).length,
    });
  });

  it.each<[string, unknown, EntryReading["shape"], number, readonly FindingCode[]]>([
    ["an array", [pod("a"), pod("b")], "array", 2, ["array"]],
    ["an array with something else in it", [pod("a"), 1, null], "array", 1, ["array"]],
    ["an empty array", [], "array", 0, ["array"]],
    [
      "a List",
      { kind: "PodList", metadata: { resourceVersion: "1" }, items: [{ metadata: { uid: "a" } }, pod("b")] },
      "list",
      2,
      ["list"],
    ],
    ["a List that does not say so", { items: [{ metadata: { uid: "a" } }] }, "list", 1, ["list"]],
    ["an object that has items of its own", { metadata: { uid: "a" }, items: [] }, "object", 1, []],
    ["null", null, "scalar", 0, ["scalar"]],
    ["a string", "pod", "scalar", 0, ["scalar"]],
    ["a number", 5, "scalar", 0, ["scalar"]],
  ])("tells the shape of %s", (_name, value, shape, objects, found) => {
    const reading = read({ type: "*v1.Pod", compressedInfo: zipped(value) });
    expect([reading.shape, reading.objects.length, codes(reading)]).toEqual([shape, objects, found]);
  });

  it.each<[string, Parameters<typeof apiInfo>[0], number, readonly FindingCode[]]>([
    ["neither field", { type: "*v1.Pod" }, 0, ["empty"]],
    ["an empty compressed_info", { type: "*v1.Pod", compressedInfo: Buffer.alloc(0) }, 0, ["empty"]],
    ["info alone", { type: "*v1.Pod", info: JSON.stringify(pod()) }, 1, ["info-used"]],
    [
      "info beside an empty compressed_info",
      { type: "*v1.Pod", info: JSON.stringify(pod()), compressedInfo: Buffer.alloc(0) },
      1,
      ["info-used"],
    ],
    ["info beside compressed_info", { type: "*v1.Pod", info: "{", compressedInfo: zipped(pod()) }, 1, []],
    ["gzip", { type: "*v1.Pod", compressedInfo: gzipSync("{}") }, 0, ["gzip"]],
    ["an empty text", { type: "*v1.Pod", compressedInfo: deflateSync("") }, 0, ["empty-text"]],
    ["a broken text in info", { type: "*v1.Pod", info: "{" }, 0, ["info-used", "not-json"]],
  ])("reads %s", (_name, fields, objects, found) => {
    const reading = read(fields);
    expect([reading.objects.length, codes(reading)]).toEqual([objects, found]);
    expect(reading.shape).toBe(objects === 1 ? "object" : "unreadable");
  });

  it("puts several deviations in the order in which they were met", () => {
    const text = Buffer.from(`\ufeff${JSON.stringify([pod()])} x`);
    const compressedInfo = Buffer.concat([deflateSync(text), Buffer.from("rest")]);
    const reading = read({ type: "Pod", compressedInfo });
    expect(codes(reading)).toEqual(["trailing-bytes", "byte-order-mark", "several-documents", "array", "unknown-type"]);
    expect(reading.objects).toEqual([pod()]);
  });

  it("keeps __proto__ as data", () => {
    const [object] = read({ type: "*v1.ConfigMap", compressedInfo: deflateSync('{"__proto__":{"polluted":1}}') }).objects;
    expect(Object.keys(object ?? {})).toEqual(["__proto__"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("tells bytes that are no message", () => {
    const reading = createEntryReader().read(Uint8Array.from([0x0a, 0xff]));
    expect([reading.shape, reading.type, codes(reading)]).toEqual(["unreadable", undefined, ["not-a-message"]]);
  });

  it("never throws, whatever the bytes", () => {
    const reader = createEntryReader({ cacheEntries: 4 });
    assertThat(
      property(uint8Array({ maxLength: 60 }), uint8Array({ maxLength: 60 }), (bytes, compressedInfo) => {
        expect(reader.read(bytes).sha256).toHaveLength(64);
        expect(reader.read(apiInfo({ type: "*v1.Pod", compressedInfo })).findings).not.toEqual([]);
        const zlib = Buffer.concat([Buffer.from([0x78, 0x9c]), compressedInfo]);
        expect(reader.read(apiInfo({ type: "*v1.Pod", compressedInfo: zlib })).type).toBe("*v1.Pod");
      }),
    );
  });
});

describe("the reader's memory", () => {
  const entry = (name: string) => apiInfo({ type: "*v1.Pod", compressedInfo: zipped(pod(name)) });

  it("gives the same reading for the same bytes", () => {
    const reader = createEntryReader();
    const first = reader.read(entry("a"));
    expect(reader.read(Uint8Array.from(entry("a")))).toBe(first);
    expect(reader.read(entry("b"))).not.toBe(first);
  });

  it("forgets what was not used for longest", () => {
    const reader = createEntryReader({ cacheEntries: 2 });
    const [a, b] = [reader.read(entry("a")), reader.read(entry("b"))];
    expect(reader.read(entry("a"))).toBe(a);
    reader.read(entry("c"));
    expect(reader.read(entry("a"))).toBe(a);
    expect(reader.read(entry("b"))).not.toBe(b);
    expect(reader.read(entry("b"))).toEqual(b);
  });

  it("is bounded in bytes, and may be none", () => {
    const small = createEntryReader({ cacheInflatedBytes: 100 });
    const large = apiInfo({ type: "*v1.Pod", compressedInfo: zipped({ ...pod(), note: "x".repeat(100) }) });
    expect(small.read(large)).not.toBe(small.read(large));
    expect(small.read(entry("a"))).toBe(small.read(entry("a")));
    const none = createEntryReader({ cacheEntries: 0 });
    expect(none.read(entry("a"))).not.toBe(none.read(entry("a")));
  });

  it("gives the same readings whatever it remembers", () => {
    const remembering = createEntryReader({ cacheEntries: 3 });
    assertThat(
      property(array(uint8Array({ minLength: 1, maxLength: 1, max: 6 }), { maxLength: 20 }), (sequence) => {
        for (const [name] of sequence) {
          expect(remembering.read(entry(String(name)))).toEqual(createEntryReader().read(entry(String(name))));
        }
      }),
    );
  });
});
