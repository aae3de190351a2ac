import { describe, expect, it } from "vitest";
import { jsonPatch } from "./json-patch.ts";
import { mergePatch } from "./merge-patch.ts";
import { strategicMerge } from "./strategic-merge.ts";

describe("merge patch", () => {
  it.each([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    [["a"], { b: 1 }, { b: 1 }],
  ])("%j with %j gives %j", (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  it("takes __proto__ for a field like any other", () => {
    const merged = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}')) as object;
    expect(Object.keys(merged)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("strategic merge patch", () => {
  const target = {
    finalizers: ["a"],
    containers: [
      { name: "one", image: "1", env: [{ name: "X", value: "x" }] },
      { name: "two", image: "2" },
    ],
    args: ["a", "b"],
  };

  it("merges lists by key, and lists of lists", () => {
    const merged = strategicMerge(target, { containers: [{ name: "one", env: [{ name: "Y", value: "y" }] }] });
    expect(merged).toEqual({
      ...target,
      containers: [
        {
          name: "one",
          image: "1",
          env: [
            { name: "Y", value: "y" },
            { name: "X", value: "x" },
          ],
        },
        { name: "two", image: "2" },
      ],
    });
  });

  it.each([
    ["deletes an entry", { containers: [{ name: "one", $patch: "delete" }] }, { ...target, containers: [target.containers[1]] }],
    ["replaces a list", { containers: [{ $patch: "replace" }, { name: "new" }] }, { ...target, containers: [{ name: "new" }] }],
    ["joins sets", { finalizers: ["b", "a"] }, { ...target, finalizers: ["a", "b"] }],
    ["replaces atomic lists", { args: ["c"] }, { ...target, args: ["c"] }],
    ["deletes from sets", { "$deleteFromPrimitiveList/finalizers": ["a"] }, { ...target, finalizers: [] }],
    ["keeps only what is to be kept", { $retainKeys: ["args"], args: ["c"] }, { args: ["c"] }],
    ["replaces an object", { $patch: "replace", args: ["c"] }, { args: ["c"] }],
    ["takes fields away", { containers: null }, { finalizers: ["a"], args: ["a", "b"] }],
  ])("%s", (_what, patch, result) => {
    expect(strategicMerge(target, patch)).toEqual(result);
  });
});

describe("JSON patch", () => {
  it.each([
    [[{ op: "add", path: "/a/1", value: 9 }], { a: [1, 9, 2], "b/~c": 1 }],
    [[{ op: "add", path: "/a/-", value: 9 }], { a: [1, 2, 9], "b/~c": 1 }],
    [[{ op: "remove", path: "/a/0" }], { a: [2], "b/~c": 1 }],
    [[{ op: "replace", path: "/b~1~0c", value: 5 }], { a: [1, 2], "b/~c": 5 }],
    [[{ op: "move", from: "/a/0", path: "/d" }], { a: [2], d: 1, "b/~c": 1 }],
    [[{ op: "copy", from: "/a", path: "/d" }], { a: [1, 2], d: [1, 2], "b/~c": 1 }],
    [[{ op: "replace", path: "", value: 5 }], 5],
  ])("%j", (patch, result) => {
    const target = { a: [1, 2], "b/~c": 1 };
    expect(jsonPatch(target, patch)).toEqual(result);
    expect(target).toEqual({ a: [1, 2], "b/~c": 1 });
  });

  it.each([
    ["an index that is not there", [{ op: "remove", path: "/a/7" }]],
    ["a field that is not there", [{ op: "replace", path: "/z", value: 1 }]],
    ["a parent that is not there", [{ op: "add", path: "/z/y", value: 1 }]],
    ["an unknown operation", [{ op: "multiply", path: "/a" }]],
    ["a test that fails", [{ op: "test", path: "/a", value: [2, 1] }]],
  ])("is refused as a whole for %s", (_what, patch) => {
    expect(() => jsonPatch({ a: [1, 2] }, patch)).toThrow(expect.objectContaining({ code: 422 }) as Error);
  });
});
