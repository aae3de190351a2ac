import { array, assert as assertThat, constantFrom, json, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { scanJson, skipSpace } from "./json-scan.ts";
import { readText } from "./text.ts";
import type { FindingCode } from "./types.ts";

const DEPTH = 10_000;
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

const accepted: readonly [name: string, text: string][] = [
  ["an object", '{"a":1}'],
  ["white space around it", ' \t\r\n{"a":1}\n'],
  ["two bytes a character", '{"a":"ü"}'],
  ["four bytes a character", '{"a":"😀"}'],
  ["escapes", String.raw`{"a":"\"\\\/\b\f\n\r\t\u00fc"}`],
  ["half a surrogate pair, escaped", String.raw`{"a":"\ud800"}`],
  ["a replacement character that was sent", '{"a":"\ufffd"}'],
  ["a byte-order mark inside a string", '{"a":"\ufeff"}'],
  ["numbers", "[0,-1,1.5,1e9,-2.5E-3]"],
  ["a number beyond the doubles", "[1e999]"],
  ["the key __proto__", '{"__proto__":{"x":1}}'],
  ["a key twice", '{"a":1,"a":2}'],
  ["an array", "[]"],
  ["null", "null"],
  ["many levels", nested(1000)],
  ["many brackets in a string", JSON.stringify({ a: `${"[".repeat(30_000)}\\"` })],
  ["many levels side by side", `[${Array.from({ length: 20_000 }, () => "[]").join(",")}]`],
];

const refused: readonly [name: string, text: string | Buffer, code: FindingCode, offset: number][] = [
  ["a byte-order mark", '\ufeff{"a":1}', "byte-order-mark", 0],
  ["UTF-16, little end first", Buffer.from('\ufeff{"a":1}', "utf16le"), "not-utf8", 0],
  ["UTF-16 without a mark", Buffer.from('{"a":1}', "utf16le"), "not-utf8", 0],
  ["Latin-1", Buffer.from('{"a":"ü"}', "latin1"), "not-utf8", 6],
  [
    "a character cut short behind a replacement character",
    Buffer.concat([Buffer.from('{"a":"\ufffd'), Buffer.from([0xe2, 0x82]), Buffer.from('"}')]),
    "not-utf8",
    9,
  ],
  ["nothing", "", "empty-text", 0],
  ["white space alone", " \n", "empty-text", 0],
  ["a comma too many", '{"a":1,}', "not-json", 7],
  ["a comment", '{"a":1 // one\n}', "not-json", 7],
  ["single quotes", "{'a':1}", "not-json", 1],
  ["NaN", '{"a":NaN}', "not-json", 5],
  ["an object that ends early", '{"a":{"b":1}', "not-json", 12],
  ["a string that never ends", '{"a":"b', "not-json", 5],
  ["two documents", '{"a":1}{"a":2}', "several-documents", 7],
  ["one document a line", '{"a":1}\n{"a":2}\n', "several-documents", 8],
  ["a NUL behind the document", '{"a":1}\u0000', "several-documents", 7],
  ["a level more than Go takes", nested(DEPTH + 1), "too-deep", DEPTH],
];

describe("readText", () => {
  it("is tried with as many texts to take as to refuse", () => expect(refused).toHaveLength(accepted.length));

  it.each(accepted)("takes %s", (_name, text) => {
    const { document, findings } = readText(Buffer.from(text), DEPTH);
    expect(findings).toEqual([]);
    expect(JSON.stringify(document?.value)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each(refused)("tells %s, and where", (_name, text, code, offset) => {
    const { findings } = readText(Buffer.from(text as string), DEPTH);
    expect(findings).toMatchObject([{ code, offset, offsetIn: "text" }]);
  });

  it("takes as many levels as Go does", () => {
    const { document, findings } = readText(Buffer.from(nested(DEPTH)), DEPTH);
    expect([Array.isArray(document?.value), findings]).toEqual([true, []]);
  });

  it.each([
    ["past a byte-order mark", '\ufeff{"a":1}', { a: 1 }],
    ["the first of several documents", '{"a":1}\n{"a":2}', { a: 1 }],
    ["the first of several documents in other characters", '{"a":"ü"}{"a":2}', { a: "ü" }],
    ["past bytes that are not UTF-8, as Go does", Buffer.from('{"a":"ü"}', "latin1"), { a: "\ufffd" }],
  ])("reads on %s", (_name, text, value) => {
    expect(readText(Buffer.from(text as string), DEPTH).document?.value).toEqual(value);
  });

  it.each([
    ["brackets that never close", "[".repeat(3_000_000)],
    ["objects that never close", '{"a":'.repeat(600_000)],
    ["a million escaped quotes", `"${String.raw`\"`.repeat(1_000_000)}`],
  ])("bears %s", (_name, text) => {
    expect(readText(Buffer.from(text), DEPTH).document).toBeUndefined();
  });
});

describe("scanJson", () => {
  it("ends every document where it ends", () => {
    assertThat(
      property(json(), (text) => {
        const bytes = Buffer.from(`${text} [1]`);
        const scan = scanJson(bytes);
        expect(scan).toEqual({ ok: true, end: Buffer.byteLength(text.trimEnd()) });
      }),
    );
  });

  it("takes what JSON.parse takes, and nothing else", () => {
    const piece = constantFrom(
      ...'{}[],:"\\ \n019-+.eEtfn/u'.split(""),
      '"a"',
      '"a":',
      "true",
      "false",
      "null",
      String.raw`"\u00e9"`,
      "1.5",
      "0",
    );
    assertThat(
      property(array(piece, { maxLength: 8 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(""));
        const scan = scanJson(bytes);
        expect(scan.ok && skipSpace(bytes, scan.end) >= bytes.length).toBe(parses(bytes.toString()));
      }),
      { numRuns: 3000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
