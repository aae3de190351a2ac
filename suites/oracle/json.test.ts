import { describe, expect, it } from "vitest";
import { at, listAt, textAt } from "./json.ts";

describe("a path into JSON", () => {
  it.each<[unknown, readonly string[], unknown]>([
    [{ a: { b: 1 } }, ["a", "b"], 1],
    [{ a: 1 }, [], { a: 1 }],
    [{ a: null }, ["a", "b"], undefined],
    [null, ["a"], undefined],
    ["text", ["length"], undefined],
    [[1], ["length"], undefined],
    [{}, ["toString"], undefined],
  ])("of %j by %j is %j", (value, path, found) => expect(at(value, ...path)).toEqual(found));

  it("gives texts that are not empty, and lists", () => {
    const value = { text: "a", empty: "", number: 1, list: [1] };
    expect(["text", "empty", "number", "list"].map((key) => textAt(value, key))).toEqual(["a", undefined, undefined, undefined]);
    expect(["text", "list"].map((key) => listAt(value, key))).toEqual([[], [1]]);
  });
});
