import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { ListScanner } from "./list-scanner.ts";
import { SeenObject } from "./seen-object.ts";

function scan(text: string, size = text.length) {
  const bytes = Buffer.from(text);
  const items: SeenObject[] = [];
  const scanner = new ListScanner((item, type) => items.push(new SeenObject(item, type)));
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
  return { head: scanner.finish(), items };
}

const NASTY = 'quote \\" backslash \\\\ brackets ]}[{ ü€ "items":[';
const PODS = {
  kind: "PodList",
  apiVersion: "v1",
  metadata: { resourceVersion: "7", continue: "more" },
  items: [
    {
      metadata: { name: "a", namespace: "x", uid: "u1", resourceVersion: "3", labels: { uid: NASTY } },
      spec: { items: [{}, []] },
    },
    { metadata: { name: "b", namespace: "x", uid: "u2", resourceVersion: "5" }, spec: { text: NASTY, deep: [[{ a: [1] }]] } },
  ],
};

describe("the scanner of lists", () => {
  it.each([1, 2, 3, 7, 64, 10_000])("cuts the items out of chunks of %i bytes", (size) => {
    for (const text of [JSON.stringify(PODS), `${JSON.stringify(PODS, null, 2)}\n`]) {
      const { head, items } = scan(text, size);
      expect(head).toEqual({ kind: "PodList", resourceVersion: "7", continue: "more", withoutObjects: false });
      expect(items.map(({ object }) => object)).toEqual(PODS.items.map((item) => ({ kind: "Pod", apiVersion: "v1", ...item })));
      expect(items.map(({ uid, resourceVersion, name, namespace }) => [uid, resourceVersion, name, namespace])).toEqual([
        ["u1", "3", "a", "x"],
        ["u2", "5", "b", "x"],
      ]);
    }
  });

  it("takes custom objects as they are, in the order in which they are served", () => {
    const item = {
      apiVersion: "e.com/v1",
      kind: "Foo",
      metadata: { annotations: { a: "b" }, name: "a", resourceVersion: "3", uid: "u" },
    };
    const list = { apiVersion: "e.com/v1", items: [item], kind: "FooList", metadata: { continue: "", resourceVersion: "9" } };
    const { head, items } = scan(JSON.stringify(list), 5);
    expect(head).toMatchObject({ kind: "FooList", resourceVersion: "9", continue: "" });
    expect(items[0]?.bytes.toString()).toBe(JSON.stringify(item));
    expect(items[0]).toMatchObject({ name: "a", namespace: undefined, uid: "u", resourceVersion: "3", partial: false });
  });

  it("takes the objects of a Table's rows, and tells where they are left out", () => {
    const object = {
      kind: "PartialObjectMetadata",
      apiVersion: "meta.k8s.io/v1",
      metadata: { name: "a", uid: "u", resourceVersion: "3" },
    };
    const table = (row: object) => ({
      kind: "Table",
      apiVersion: "meta.k8s.io/v1",
      metadata: { resourceVersion: "9" },
      columnDefinitions: [{ name: "Name" }, { name: "[" }],
      rows: [{ cells: ["a", "{"], ...row }],
    });
    const full = scan(JSON.stringify(table({ object })), 11);
    expect(full.head).toMatchObject({ kind: "Table", resourceVersion: "9", withoutObjects: false });
    expect(full.items).toMatchObject([{ uid: "u", partial: true }]);
    for (const row of [{}, { object: null }]) {
      const bare = scan(JSON.stringify(table(row)), 11);
      expect([bare.head?.withoutObjects, bare.items.length]).toEqual([true, 0]);
    }
  });

  it.each(['{"kind":"PodList","items":null}', '{"kind":"PodList","items":[]}', "{}"])("finds no items in %s", (text) => {
    const { head, items } = scan(text);
    expect([head?.continue, items.length]).toEqual(["", 0]);
  });

  it.each(["", "nonsense", '{"items":[{"a":1}', '{"items":[{"a":"x', '{"items":[]} trailing', "]]]]{{{{", '"\\'])(
    "says that %j is no list",
    (text) => {
      expect(scan(text).head).toBeUndefined();
    },
  );
});
