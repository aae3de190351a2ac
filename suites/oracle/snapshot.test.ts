import { describe, expect, it } from "vitest";
import { findTarget } from "../../server-mock/contract/index.ts";
import type { KubeObject, ObjectLife, SyncCall } from "../history/types.ts";
import { createSnapshotReader } from "./snapshot.ts";
import { createViews } from "./views.ts";

type Reading = SyncCall["entries"][number];

const target = findTarget("v7.1")!;
const object = (uid: string | undefined, name: string, rest: KubeObject = {}): KubeObject => ({
  metadata: { ...(uid === undefined ? {} : { uid }), name, namespace: "shop" },
  ...rest,
});
const life = (uid: string, name: string, resource = "pods"): ObjectLife => ({
  uid,
  name,
  namespace: "shop",
  resource,
  forms: [],
});
const reading = (type: string | undefined, objects: readonly KubeObject[], shape: Reading["shape"] = "object") =>
  ({ ...(type === undefined ? {} : { type }), objects, shape, findings: [] }) as unknown as Reading;
const pod = (uid: string | undefined, name: string, rest?: KubeObject) => reading("*v1.Pod", [object(uid, name, rest)]);

/** Reads lists of entries, one after the other, of a cluster that has these objects. */
function read(lists: readonly (readonly Reading[])[], lives: readonly ObjectLife[] = []) {
  const reader = createSnapshotReader(target, new Map(lives.map((one) => [one.uid, one])), createViews());
  return lists.map((entries, index) => reader({ entries, entriesHash: `hash-${index}` } as unknown as SyncCall));
}

describe("an object of the cluster in a snapshot", () => {
  const wanted = life("u1", "web");
  it.each<[string, readonly Reading[], number | undefined]>([
    ["is found by its uid", [pod("u0", "other"), pod("u1", "web")], 1],
    ["is found by its uid under another name", [pod("u1", "renamed")], 0],
    ["is the one of that name, where several have its uid", [pod("u1", "copy"), pod("u1", "web"), pod("u1", "last")], 1],
    ["is the one of its uid, where an entry of its name has none", [pod("u1", "web"), pod(undefined, "web")], 0],
    ["is the one of its uid under another name, where an entry of its name has none", [pod("u1", "b"), pod(undefined, "web")], 0],
    ["is the one of that name, whatever stands beside it", [pod("u1", "copy"), pod("u1", "web"), pod(undefined, "web")], 1],
    ["is the first of that name, where several have its uid", [pod("u1", "web"), pod("u1", "web")], 0],
    ["is the first, where several have its uid and none its name", [pod("u1", "a"), pod("u1", "b")], 0],
    ["is found by its name, where an entry has no uid", [pod("u0", "other"), pod(undefined, "web")], 1],
    ["is found by its name, where a uid is there twice", [pod("u1", "a"), pod("u1", "b"), pod(undefined, "web")], 2],
    ["is not found by its name under another uid", [pod("u0", "web")], undefined],
    ["is not found in another kind", [reading("*v1.Service", [object(undefined, "web")])], undefined],
    ["is not found in another namespace", [reading("*v1.Pod", [{ metadata: { name: "web", namespace: "ops" } }])], undefined],
  ])("%s", (_name, entries, entry) => {
    const [snapshot] = read([entries], [wanted]);
    expect(snapshot?.find(wanted)?.entry).toBe(entry);
  });
});

it("is found by its name in any kind that its type name may stand for", () => {
  for (const resource of ["statefulsets.apps", "statefulsets.apps.kruise.io"]) {
    const [snapshot] = read([[reading("*v1.StatefulSet", [object(undefined, "web")])]]);
    expect(snapshot?.find(life("u1", "web", resource))?.entry).toBe(0);
  }
});

describe("an item", () => {
  it("has what there is of it, and no more", () => {
    const [snapshot] = read(
      [[reading("*v1.Pod", [{ metadata: {} }]), reading(undefined, [object("u1", "web")])]],
      [life("u1", "web")],
    );
    expect(snapshot?.items.map((item) => Object.keys(item).sort())).toEqual([
      ["entry", "object", "resource", "type"],
      ["entry", "life", "name", "namespace", "object", "resource", "uid"],
    ]);
  });

  it("stands where its entry stands, in this snapshot and in the one before", () => {
    const [one, two, three] = [pod("u1", "a"), pod("u2", "b"), reading("*v1.Pod", [object("u3", "c"), object("u4", "d")])];
    const snapshots = read([
      [one, three],
      [one, two, three],
      [three, one],
    ]);
    expect(snapshots.map(({ items }) => items.map(({ uid, entry }) => `${uid} ${entry}`))).toEqual([
      ["u1 0", "u3 1", "u4 1"],
      ["u1 0", "u2 1", "u3 2", "u4 2"],
      ["u3 0", "u4 0", "u1 1"],
    ]);
  });

  it("is of the resource that the cluster has it in, whatever its type name", () => {
    const [snapshot] = read([[reading("*v1.Ingress", [object("u1", "web")])]], [life("u1", "web", "routes.route.openshift.io")]);
    expect(snapshot?.items[0]?.resource).toBe("routes.route.openshift.io");
  });
});

describe("what cannot be read", () => {
  it.each<[string, Reading, boolean]>([
    ["no JSON", reading("*v1.Pod", [], "unreadable"), true],
    ["nothing where an object was to be", reading("*v1.Pod", []), true],
    ["an empty array", reading("*v1.Pod", [], "array"), false],
    ["an object", pod("u1", "web"), false],
  ])("%s", (_name, entry, unreadable) => {
    expect(read([[entry]])[0]?.unreadable.length).toBe(unreadable ? 1 : 0);
  });
});

describe("the content of snapshots", () => {
  const [a, b] = [pod("u1", "a"), pod("u2", "b")];
  const keys = (...lists: readonly (readonly Reading[])[]) => read(lists).map(({ contentKey }) => contentKey);
  it("is the same in another order, repeated, and beside what nobody reads", () => {
    const [first, ...others] = keys([a, b], [b, a], [a, b, b], [a, b, reading("*v1.ConfigMapList", [object("u9", "x")])]);
    expect(others).toEqual([first, first, first]);
    expect(first).not.toBe("");
  });

  it("is another with one more, one less and one that changed, though all were seen before", () => {
    const changed = pod("u1", "a", { status: { podIP: "10.0.0.1" } });
    const seen = keys([a, b], [a], [b], [changed, b], [b, changed], []);
    expect(new Set(seen).size).toBe(5);
    expect(seen[3]).toBe(seen[4]);
  });

  it("is another under another version of the API server", () => {
    const info = (gitVersion: string, rest: KubeObject = {}) => reading("*version.Info", [{ gitVersion, ...rest }]);
    const [one, two, same] = keys([a, info("v1.30.4")], [a, info("v1.31.0")], [a, info("v1.30.4", { major: "1" })]);
    expect(two).not.toBe(one);
    expect(same).toBe(one);
  });
});
