import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { HeldEnd } from "./held-end.ts";
import type { BodyEncoding } from "./page-reader.ts";

/** What goes on at each piece, and in the end. */
function passages(encoding: BodyEncoding, ...pieces: readonly string[]) {
  const end = new HeldEnd(encoding);
  const went = pieces.map((piece) => end.push(Buffer.from(piece)).join(""));
  return [...went, end.rest().toString()];
}

describe("the end of an answer that is kept back", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["is the piece that closes an object", ['{"items":[', "]}"], ['{"items":[', "", "]}"]],
    ["is the only piece", ["{}\n"], ["", "{}\n"]],
    ["takes in what is blank behind it", ['{"a":', "{}}", "\n", " \t\r\n"], ['{"a":', "", "", "", "{}}\n \t\r\n"]],
    ["was none where more follows", ['{"a":{}', ',"b":[', "]}"], ["", '{"a":{},"b":[', "", "]}"]],
    ["moves on where another piece may be it", ['{"a":{}', "}"], ["", '{"a":{}', "}"]],
    ["is none where the answer breaks off", ["\n", '{"a":'], ["\n", '{"a":', ""]],
    ["is none where nothing comes", [], [""]],
  ])("%s", (_name, pieces, went) => {
    expect(passages("identity", ...pieces)).toEqual(went);
  });

  it("is, of what cannot be read as it passes, the last piece that holds more than a trailer", () => {
    const [data, more, trailer] = ["x".repeat(17), "y".repeat(17), "z".repeat(16)];
    expect(passages("gzip", data, more, trailer)).toEqual(["", data, "", more + trailer]);
    expect(passages("gzip", trailer, data)).toEqual(["", trailer, data]);
  });

  it("lets every byte pass once, in its order, wherever the body is cut", () => {
    const body = ' {"kind":"List","items":[{"a":"}"},{"b":{}}],"metadata":{}} \n';
    for (let size = 1; size <= body.length; size += 1) {
      const pieces = Array.from({ length: Math.ceil(body.length / size) }, (_, n) => body.slice(n * size, (n + 1) * size));
      const went = passages("identity", ...pieces);
      expect(went.join("")).toBe(body);
      // All that went before the end is no whole.
      expect(() => JSON.parse(went.slice(0, -1).join("")) as unknown).toThrow(SyntaxError);
    }
  });
});
