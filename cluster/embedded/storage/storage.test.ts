import { describe, expect, it } from "vitest";
import type { KubeObject } from "../catalog/index.ts";
import { ObjectStore } from "./object-store.ts";
import { CompactedError } from "./resource-store.ts";

function configMap(name: string, data: Record<string, string> = {}, namespace = "default"): KubeObject {
  return { kind: "ConfigMap", apiVersion: "v1", metadata: { name, namespace, uid: `uid-${name}` }, data };
}

function filled(names: readonly string[], historyLimit = 100): ObjectStore {
  const store = new ObjectStore(historyLimit);
  store.load(names.map((name) => ({ resource: "configmaps", object: configMap(name) })));
  return store;
}

function keys(store: ObjectStore, revision?: number): readonly string[] {
  const resource = store.resource("configmaps");
  return (revision === undefined ? resource.snapshot() : resource.snapshotAt(revision)).map(({ key }) => key);
}

describe("the object store", () => {
  it("keeps etcd's key order, in which a separator comes after - and .", () => {
    const store = new ObjectStore(10);
    for (const [namespace, name] of [
      ["kube", "z"],
      ["kube-system", "a"],
      ["kube.x", "a"],
      ["kube0", "a"],
    ] as const) {
      store.put("configmaps", configMap(name, {}, namespace));
    }
    expect(keys(store)).toEqual(["kube-system/a", "kube.x/a", "kube/z", "kube0/a"]);
  });

  it("never changes what it was given, nor a snapshot that it gave", () => {
    const object = Object.freeze(configMap("a"));
    const store = new ObjectStore(10);
    store.load([{ resource: "configmaps", object }]);
    const before = store.resource("configmaps").snapshot();
    store.put("configmaps", configMap("a", { k: "v" }));
    store.put("configmaps", configMap("b"));
    expect(before.map(({ source }) => source)).toEqual([object]);
    expect(object.metadata).not.toHaveProperty("resourceVersion");
  });

  it("shows past states: created, changed and deleted objects as they were", () => {
    const store = filled(["a", "b", "c"]);
    const start = store.revision;
    store.put("configmaps", configMap("b", { k: "v" }));
    const changed = store.revision;
    store.remove("configmaps", "default/a");
    store.put("configmaps", configMap("aa"));
    store.put("configmaps", configMap("b", { k: "w" }));
    expect(keys(store, start)).toEqual(["default/a", "default/b", "default/c"]);
    expect(keys(store, store.revision)).toEqual(["default/aa", "default/b", "default/c"]);
    expect(store.resource("configmaps").snapshotAt(changed)[1]?.source["data"]).toEqual({ k: "v" });
    expect(store.resource("configmaps").snapshotAt(start)[1]?.source["data"]).toEqual({});
  });

  it("forgets by compaction and by the limit of its window", () => {
    const store = filled(["a"], 2);
    const start = store.revision;
    for (const value of ["1", "2", "3"]) store.put("configmaps", configMap("a", { value }));
    expect(() => keys(store, start)).toThrow(CompactedError);
    expect(keys(store, start + 1)).toEqual(["default/a"]);
    store.compact();
    expect(() => keys(store, start + 1)).toThrow(CompactedError);
    expect(store.resource("configmaps").oldest).toBe(store.revision);
  });

  it("lets a resource that nobody touched be watched from the last compaction on", () => {
    const store = filled(["a"]);
    const start = store.revision;
    store.compact();
    store.put("configmaps", configMap("b"));
    expect(store.resource("pods").oldest).toBe(start);
  });

  it("puts the revision into the JSON, and a deletion's into what was deleted", () => {
    const store = filled(["a"]);
    const [loaded] = store.resource("configmaps").snapshot();
    expect(JSON.parse(loaded?.encode().bytes.toString() ?? "")).toEqual({
      kind: "ConfigMap",
      apiVersion: "v1",
      metadata: { name: "a", namespace: "default", uid: "uid-a", resourceVersion: String(store.revision) },
      data: {},
    });
    const removed = store.remove("configmaps", "default/a");
    expect(removed?.object.metadata.resourceVersion).toBe(String(store.revision));
    expect(store.remove("configmaps", "default/a")).toBeUndefined();
  });

  it("marks where the JSON goes on behind the type", () => {
    const [loaded] = filled(["ä"]).resource("configmaps").snapshot();
    const { bytes, untypedFrom } = loaded?.encode() ?? { bytes: Buffer.of(), untypedFrom: 0 };
    const untyped = JSON.parse(`{${bytes.subarray(untypedFrom).toString()}`) as object;
    expect(Object.keys(untyped)).toEqual(["metadata", "data"]);
  });

  it("shares bytes between clusters that load the same objects", () => {
    const objects = [{ resource: "configmaps", object: configMap("a") }];
    const stores = [new ObjectStore(10), new ObjectStore(10)];
    for (const store of stores) store.load(objects);
    const [one, two] = stores.map((store) => store.resource("configmaps").snapshot()[0]?.encode().bytes);
    expect(one).toBe(two);
  });

  it("tells when something has become of it, and when it has not in time", async () => {
    const store = filled(["a"]);
    const never = new AbortController();
    const holds = (count: number) => () => store.resource("configmaps").snapshot().length === count;
    const soon = store.becomes(holds(2), 60_000, never.signal);
    store.put("configmaps", configMap("b"));
    expect(await soon).toBe(true);
    expect(await store.becomes(holds(3), 1, never.signal)).toBe(false);
    const left = store.becomes(holds(3), 60_000, never.signal);
    never.abort();
    expect(await left).toBe(false);
  });

  it("knows up to where the watch cache of each resource has come: to its last change, and where all began anew", () => {
    const store = filled(["a"]);
    const began = store.revision;
    const cached = () => ["configmaps", "secrets"].map((resource) => store.resource(resource).cached - began);
    expect(cached()).toEqual([0, -1]);
    store.put("configmaps", configMap("b"));
    store.put("configmaps", configMap("b"));
    expect(cached()).toEqual([2, -1]);
    store.remove("configmaps", "default/b");
    expect(cached()).toEqual([3, -1]);
    store.compact();
    expect(cached()).toEqual([3, 3]);
    store.resource("secrets").catchUp(began);
    expect(cached()).toEqual([3, 3]);
  });
});
