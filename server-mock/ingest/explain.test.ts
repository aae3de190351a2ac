import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { findTarget, type Target } from "../contract/index.ts";
import { apiInfo } from "./api-info.testkit.ts";
import { explainFindings } from "./explain.ts";
import { createEntryReader } from "./reader.ts";
import type { FindingCode } from "./types.ts";

const v71 = findTarget("v7.1") as Target;
const document = findTarget("document") as Target;
const TEXT = '{"metadata":{"uid":"u","name":"web"}}';
const whole = deflateSync(TEXT);
const damaged = (offset: number) => Buffer.from(whole.map((byte, index) => (index === offset ? byte ^ 1 : byte)));
const stores = "answers OK and stores none of this snapshot's entries";
const aborts = "gives up the whole sync";

const explained: readonly [code: FindingCode, entry: Uint8Array, onLine: string, mend: string][] = [
  ["not-a-message", Uint8Array.from([0x0a, 0xff]), "fails the call", "encode the entry"],
  ["empty", apiInfo({ type: "*v1.Pod" }), stores, "leave the entry out"],
  ["info-used", apiInfo({ type: "*v1.Pod", info: TEXT }), stores, "leave info unset"],
  ["gzip", apiInfo({ type: "*v1.Pod", compressedInfo: gzipSync(TEXT) }), stores, "RFC 1950"],
  ["raw-deflate", apiInfo({ type: "*v1.Pod", compressedInfo: deflateRawSync(TEXT) }), stores, "RFC 1950"],
  ["plain", apiInfo({ type: "*v1.Pod", compressedInfo: Buffer.from(TEXT) }), stores, "RFC 1950"],
  ["not-zlib", apiInfo({ type: "*v1.Pod", compressedInfo: Uint8Array.from([1, 2, 3, 4]) }), stores, "RFC 1950"],
  ["truncated", apiInfo({ type: "*v1.Job", compressedInfo: whole.subarray(0, -2) }), stores, "end the stream"],
  ["checksum", apiInfo({ type: "*v1.Pod", compressedInfo: damaged(whole.length - 1) }), stores, "Adler-32"],
  [
    "preset-dictionary",
    apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync(TEXT, { dictionary: Buffer.from("uid") }) }),
    stores,
    "without a dictionary",
  ],
  ["corrupt", apiInfo({ type: "*v1.Pod", compressedInfo: Uint8Array.from([0x78, 0x9c, 7, 0, 0]) }), stores, "unaltered"],
  [
    "trailing-bytes",
    apiInfo({ type: "*v1.Pod", compressedInfo: Buffer.concat([whole, whole]) }),
    "uses the first stream",
    "exactly one stream",
  ],
  [
    "too-large",
    apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync(Buffer.alloc(5 << 20)) }),
    "the mock reads no further",
    "leave out",
  ],
  ["byte-order-mark", apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync(`\ufeff${TEXT}`) }), aborts, "byte-order mark"],
  ["not-utf8", apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync(Buffer.from('{"a":"ü"}', "latin1")) }), "U+FFFD", "UTF-8"],
  ["empty-text", apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync("") }), aborts, "one entry an object"],
  ["not-json", apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync("{") }), aborts, "JSON library"],
  ["too-deep", apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync("[".repeat(20_001)) }), aborts, "one entry an object"],
  [
    "several-documents",
    apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync(`${TEXT}\n${TEXT}`) }),
    "uses the first document",
    "one entry an object",
  ],
  ["array", apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync(`[${TEXT}]`) }), "drops it, with OK", "one entry an object"],
  [
    "list",
    apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync(`{"kind":"PodList","items":[${TEXT}]}`) }),
    "drops it, with OK",
    "one entry an object",
  ],
  ["scalar", apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync("null") }), "drops it, with OK", "one entry an object"],
  ["no-type", apiInfo({ compressedInfo: whole }), "never reads an entry of this type", "set type"],
  [
    "unknown-type",
    apiInfo({ type: "*v1.Job", compressedInfo: whole }),
    "never reads an entry of this type",
    "leave the entry out",
  ],
  [
    "kind-mismatch",
    apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync('{"kind":"Node"}') }),
    "never reads kind",
    "same object",
  ],
];

const reader = createEntryReader({ maxRatio: 1 });

describe("explainFindings", () => {
  it.each(explained)("%s: what v7.1 does with it and how to mend it", (code, entry, consequence, mend) => {
    const found = explainFindings(v71, 3, reader.read(entry)).find((finding) => finding.code === code);
    expect(found?.entry).toBe(3);
    expect(found?.text).toMatch(/^entry 3 \(.*\): .+; .+\. To mend it: .+\.$/);
    expect(found?.text).toContain(consequence);
    expect(found?.text.split("To mend it: ")[1]).toContain(mend);
  });

  it("has a case for every code", () => {
    const codes: Record<FindingCode, true> = {
      "not-a-message": true,
      empty: true,
      "info-used": true,
      gzip: true,
      "raw-deflate": true,
      plain: true,
      "not-zlib": true,
      truncated: true,
      checksum: true,
      "preset-dictionary": true,
      corrupt: true,
      "trailing-bytes": true,
      "too-large": true,
      "byte-order-mark": true,
      "not-utf8": true,
      "empty-text": true,
      "not-json": true,
      "too-deep": true,
      "several-documents": true,
      array: true,
      list: true,
      scalar: true,
      "no-type": true,
      "unknown-type": true,
      "kind-mismatch": true,
    };
    expect(explained.map(([code]) => code).sort()).toEqual(Object.keys(codes).sort());
  });

  it("names type, uid and place", () => {
    const compressedInfo = Buffer.concat([whole, Buffer.from("x")]);
    const [found] = explainFindings(v71, 0, reader.read(apiInfo({ type: "*v1.Pod", compressedInfo })));
    expect(found).toMatchObject({ type: "*v1.Pod", uid: "u", offset: whole.length });
    expect(found?.text).toContain(`entry 0 ("*v1.Pod", uid "u"): 1 byte follows`);
    expect(found?.text).toContain(`at byte ${whole.length} of compressed_info`);
  });

  it("says nothing of an entry that is as it should be", () => {
    expect(explainFindings(v71, 0, reader.read(apiInfo({ type: "*v1.Pod", compressedInfo: whole })))).toEqual([]);
  });

  it("lets the document have arrays and Lists, and no scalars", () => {
    const of = (text: string) =>
      explainFindings(document, 0, reader.read(apiInfo({ type: "*v1.Pod", compressedInfo: deflateSync(text) })));
    expect(of(`[${TEXT}]`)).toEqual([]);
    expect(of(`{"kind":"PodList","items":[${TEXT}]}`)).toEqual([]);
    expect(of("null")).toMatchObject([{ code: "scalar" }]);
  });

  it("knows that an array costs the whole sync where *version.Info is meant", () => {
    const entry = apiInfo({ type: "*version.Info", compressedInfo: deflateSync('[{"gitVersion":"v1.30.0"}]') });
    expect(explainFindings(v71, 0, reader.read(entry))[0]?.text).toContain(aborts);
  });

  it("knows that a broken text of a type that nobody reads does no harm", () => {
    const entry = apiInfo({ type: "*v1.Job", compressedInfo: deflateSync("{") });
    expect(explainFindings(v71, 0, reader.read(entry))[0]?.text).toContain("never reads an entry of this type");
  });
});
