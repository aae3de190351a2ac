import { describe, expect, it } from "vitest";
import { splitLines } from "./lines.ts";

async function lines(...chunks: readonly (string | number[])[]): Promise<string[]> {
  async function* source() {
    for (const chunk of chunks) yield Buffer.from(chunk as string);
  }
  const result: string[] = [];
  for await (const line of splitLines(source())) result.push(line);
  return result;
}

describe("splitLines", () => {
  it.each<[string, (string | number[])[], string[]]>([
    ["lines over chunk borders", ["on", "e\ntw", "o\nthree\n"], ["one", "two", "three"]],
    [
      "a character cut in two",
      [
        [0x22, 0xc3],
        [0xbc, 0x22, 0x0a],
      ],
      ['"ü"'],
    ],
    ["a line separator inside JSON", ['"a\u2028b"\n'], ['"a\u2028b"']],
    ["empty lines", ["\n\r\nx\n"], ["x"]],
    ["a torn last line", ["whole\n", "torn"], ["whole"]],
  ])("%s", async (_name, chunks, expected) => {
    expect(await lines(...chunks)).toEqual(expected);
  });
});
