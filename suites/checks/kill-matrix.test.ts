import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "../history/types.ts";
import { judgeTranscript } from "../judge.ts";
import { findRequirement } from "../requirements/index.ts";
import { checks } from "./registry.ts";
import { play, type Quirks } from "./testing/play.ts";
import { entryOf, type WireEntry } from "./testing/wire.ts";
import { filling, meta, type Placed } from "./testing/world.ts";

const failed = (quirks: Quirks, target = "v7.1") =>
  judgeTranscript(play(quirks, { target })).checks.filter(({ verdict }) => verdict === "fail");

const json = (entry: WireEntry) => inflate(entry);
const inflate = (entry: WireEntry): Buffer => Buffer.from(texts.get(entry.compressed!.toString("base64")) ?? "", "utf8");
const texts = new Map<string, string>();

/** Compresses every entry another way. */
const recompressed = (compress: (text: Buffer) => Buffer): Quirks => ({
  object: ({ object }) => remembered(object),
  entries: ([info, ...rest]) => [info!, ...rest.map((entry) => ({ ...entry, compressed: compress(json(entry)) }))],
});

function remembered(object: KubeObject): KubeObject {
  texts.set(deflateSync(JSON.stringify(object)).toString("base64"), JSON.stringify(object));
  return object;
}

const withMetadata = (change: (metadata: KubeObject, placed: Placed) => KubeObject): Quirks => ({
  object: (placed) => ({ ...placed.object, metadata: change(placed.object["metadata"] as KubeObject, placed) }),
});
const without = (matches: (placed: Placed) => boolean): Quirks => ({
  objects: (objects) => objects.filter((placed) => !matches(placed)),
});
const nameOf = ({ object }: Placed) => (object["metadata"] as KubeObject)["name"];
const asList = (wrap: (objects: KubeObject[]) => unknown): Quirks => ({
  entries: ([info]) => [
    info!,
    entryOf("*v1.Node", wrap(filling.filter(({ resource }) => resource === "nodes").map(({ object }) => object))),
  ],
});
const original = (placed: Placed) =>
  (filling.find((each) => nameOf(each) === nameOf(placed))?.object["metadata"] ?? {}) as KubeObject;

/** What is wrong with the agent, and the requirements that must be red for it, and no others. */
const matrix: readonly (readonly [string, Quirks, readonly string[]])[] = [
  ["the other service", { service: "trident" }, ["KAS-CONN-1"]],
  ["no cluster_id", { envelope: (e) => ({ ...e, clusterId: undefined }) }, ["KAS-ENV-1"]],
  ["an empty cluster_id", { envelope: (e) => ({ ...e, clusterId: "" }) }, ["KAS-ENV-1"]],
  ["a cluster_id that nobody configured", { envelope: (e) => ({ ...e, clusterId: "mine" }) }, ["KAS-ENV-1"]],
  ["no cluster_id in heartbeats", { envelope: (e, call) => (call === 3 ? { ...e, clusterId: undefined } : e) }, ["KAS-ENV-1"]],
  ["a cluster_id that changes", { envelope: (e, call) => (call === 1 ? e : { ...e, clusterId: "other" }) }, ["KAS-ENV-2"]],
  ["a host name as source_ip", { envelope: (e) => ({ ...e, sourceIp: "localhost" }) }, ["KAS-ENV-3"]],
  ["no source_ip", { envelope: (e) => ({ ...e, sourceIp: undefined }) }, ["KAS-ENV-3"]],
  ["agent_id 0 with all entries", { envelope: (e) => ({ ...e, agentId: 0 }), beats: "full" }, ["KAS-ENV-4"]],
  ["agent_id 0 without entries", { envelope: (e) => ({ ...e, agentId: undefined }) }, ["KAS-ENV-4", "KAS-VER-6"]],
  ["a team_id", { envelope: (e) => ({ ...e, teamId: "t-1" }) }, ["KAS-ENV-5"]],
  ["version 0", { envelope: (e) => ({ ...e, version: 0n }) }, ["KAS-VER-1"]],
  ["no version", { envelope: (e) => ({ ...e, version: undefined }) }, ["KAS-VER-1"]],
  ["one version for ever", { version: () => 9n }, ["KAS-VER-2", "KAS-VER-4"]],
  [
    "a new version with each beat",
    { version: (_changes, call) => 100n + BigInt(call), beats: "full" },
    ["KAS-VER-3", "KAS-SNAP-9"],
  ],
  ["two versions in turn", { version: (changes) => 10n + BigInt(changes % 2) }, ["KAS-VER-4", "KAS-VER-5"]],
  ["versions that fall", { version: (changes) => 1000n - BigInt(changes) }, ["KAS-VER-5"]],
  ["no notice of the echo", { echo: "ignored" }, ["KAS-ECHO-1"]],
  ["a part for the echo", { echo: "part" }, ["KAS-ECHO-1"]],
  ["a new version for the echo", { echo: "renewed" }, ["KAS-ECHO-2"]],
  ["a pod left out", without((placed) => nameOf(placed) === "ledger-0"), ["KAS-SNAP-1"]],
  ["a namespace left out", without((placed) => nameOf(placed) === "ops"), ["KAS-SNAP-1", "KAS-OBJ-4"]],
  ["no ReplicaSets", without(({ resource }) => resource === "replicasets.apps"), ["KAS-SNAP-2", "KAS-OBJ-5"]],
  ["nothing deleted", { ignores: (change) => change === "deleted" }, ["KAS-SNAP-3", "KAS-SNAP-7"]],
  [
    "the last of a kind kept",
    { ignores: (change, { resource }) => change === "deleted" && resource === "replicationcontrollers" },
    ["KAS-SNAP-3", "KAS-SNAP-7"],
  ],
  [
    "an invented object",
    { entries: (entries) => [...entries, entryOf("*v1.ConfigMap", { metadata: meta("configmaps", "ops", "invented") })] },
    ["KAS-SNAP-4", "KAS-OBJ-9"],
  ],
  ["changes ignored", { ignores: (change) => change === "modified" }, ["KAS-SNAP-5"]],
  [
    "creations ignored",
    { ignores: (change, placed) => change !== "deleted" && nameOf(placed) === "checkout-6d-a1b2c" },
    ["KAS-SNAP-5"],
  ],
  [
    "no labels on Deployments",
    withMetadata(({ labels: _labels, ...metadata }, { resource }) =>
      resource === "deployments.apps" ? metadata : { ...metadata, labels: _labels },
    ),
    ["KAS-SNAP-5"],
  ],
  [
    "new pods without their addresses",
    {
      object: ({ object }) => (nameOf({ resource: "pods", object }) === "checkout-6d-a1b2c" ? { ...object, status: {} } : object),
    },
    ["KAS-SNAP-5"],
  ],
  ["the form before a change again, later", { objects: revertsLater() }, ["KAS-SNAP-5"]],
  [
    "another namespace",
    withMetadata((metadata) => (metadata["namespace"] === "shop" ? { ...metadata, namespace: "ops" } : metadata)),
    ["KAS-SNAP-4"],
  ],
  [
    "another name",
    withMetadata((metadata, { resource }) =>
      resource === "pods" ? { ...metadata, name: `${String(metadata["name"])}-copy` } : metadata,
    ),
    ["KAS-SNAP-4"],
  ],
  ["everything with each beat", { beats: "full" }, ["KAS-SNAP-9"]],
  ["gzip", recompressed(gzipSync), ["KAS-ENC-1"]],
  ["raw deflate", recompressed((text) => deflateRawSync(text)), ["KAS-ENC-1"]],
  ["plain text", recompressed((text) => text), ["KAS-ENC-1"]],
  ["a stream cut short", recompressed((text) => deflateSync(text).subarray(0, -6)), ["KAS-ENC-1"]],
  [
    "a wrong checksum",
    recompressed((text) => Buffer.concat([deflateSync(text).subarray(0, -4), Buffer.from([1, 2, 3, 4])])),
    ["KAS-ENC-1"],
  ],
  ["nothing in compressed_info", recompressed(() => Buffer.alloc(0)), ["KAS-ENC-1"]],
  ["bytes after the stream", recompressed((text) => Buffer.concat([deflateSync(text), Buffer.from("tail")])), ["KAS-ENC-2"]],
  [
    "a byte-order mark",
    recompressed((text) => deflateSync(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text]))),
    ["KAS-ENC-3"],
  ],
  ["two documents", recompressed((text) => deflateSync(Buffer.concat([text, Buffer.from("\n{}")]))), ["KAS-ENC-3"]],
  ["no JSON", recompressed(() => deflateSync("{oops")), ["KAS-ENC-3"]],
  [
    "info in place of compressed_info",
    {
      object: ({ object }) => remembered(object),
      entries: ([info, ...rest]) => [info!, ...rest.map((entry) => ({ type: entry.type!, info: json(entry).toString() }))],
    },
    ["KAS-ENC-5"],
  ],
  ["Pods under another name", { type: ({ resource }) => (resource === "pods" ? "*v1.Pods" : typeOf(resource)) }, ["KAS-OBJ-1"]],
  [
    "no uid",
    withMetadata(({ uid: _uid, ...metadata }, { resource }) =>
      resource === "ingresses.networking.k8s.io" ? metadata : { uid: _uid, ...metadata },
    ),
    ["KAS-OBJ-2"],
  ],
  [
    "no uid on Pods",
    withMetadata(({ uid: _uid, ...metadata }, { resource }) => (resource === "pods" ? metadata : { uid: _uid, ...metadata })),
    ["KAS-OBJ-2"],
  ],
  ["a Node twice", { entries: (entries) => [...entries, entries[1]!] }, ["KAS-OBJ-3"]],
  [
    "a uid of another pod",
    withMetadata((metadata) =>
      metadata["name"] === "ledger-0" ? { ...metadata, uid: "uid-pods-shop-web-7d4b9c6f5-d5x7k" } : metadata,
    ),
    ["KAS-OBJ-3"],
  ],
  [
    "owners as an object",
    withMetadata((metadata, { resource }) =>
      resource === "replicasets.apps"
        ? { ...metadata, ownerReferences: (metadata["ownerReferences"] as unknown[])[0] }
        : metadata,
    ),
    ["KAS-OBJ-5"],
  ],
  ["no owners", withMetadata(({ ownerReferences: _owners, ...metadata }) => metadata), ["KAS-OBJ-5"]],
  ["no version info", { entries: ([, ...rest]) => rest }, ["KAS-OBJ-6"]],
  ["two version infos", { entries: ([info, ...rest]) => [info!, info!, ...rest] }, ["KAS-OBJ-6"]],
  ["an empty gitVersion", { entries: ([, ...rest]) => [entryOf("*version.Info", { gitVersion: "" }), ...rest] }, ["KAS-OBJ-6"]],
  [
    "podNetworks",
    {
      object: ({ object }) =>
        object["kind"] === "Pod"
          ? { ...object, status: { ...(object["status"] as KubeObject), podNetworks: [{ ip: "10.0.0.1" }] } }
          : object,
    },
    ["KAS-OBJ-7"],
  ],
  [
    "generateName",
    withMetadata((metadata, placed) => ({ ...metadata, generateName: original(placed)["generateName"] })),
    ["KAS-OBJ-8"],
  ],
  [
    "managedFields",
    withMetadata((metadata, placed) => ({ ...metadata, managedFields: original(placed)["managedFields"] })),
    ["KAS-OBJ-9"],
  ],
  [
    "two ingress flavours",
    { type: (placed) => (nameOf(placed) === "front" ? "*v1beta1.Ingress" : typeOf(placed.resource)) },
    ["KAS-OBJ-10"],
  ],
  [
    "no InternalIP",
    { object: ({ resource, object }) => (resource === "nodes" ? withStatus(object, { addresses: [] }) : object) },
    ["KAS-OBJ-11"],
  ],
  [
    "a type that nobody reads",
    {
      entries: (entries) => [
        ...entries,
        entryOf("*v1.ConfigMapList", {
          metadata: { uid: "uid-configmaps-ops-settings", name: "settings", namespace: "ops" },
          data: { a: "1" },
        }),
      ],
    },
    ["KAS-OBJ-1"],
  ],
  [
    "an entry without a kind that is read",
    { entries: (entries) => [...entries, entryOf("*v1.Job", { spec: {} })] },
    ["KAS-OBJ-12"],
  ],
  ["an error in every request", { envelope: (e) => ({ ...e, errorMsg: "no error" }) }, ["KAS-ERR-4"]],
  ["nothing ever sent", { uploads: "nothing" }, ["KAS-LIFE-1"]],
  ["heartbeats alone", { uploads: "never" }, ["KAS-ECHO-1", "KAS-LIFE-1"]],
  ["no heartbeats", { beats: "none" }, ["KAS-LIFE-2"]],
  ["it leaves after its first upload", { leavesAfterUploads: 500 }, ["KAS-LIFE-2"]],
  ["it stays on SIGTERM", { ignoresSigterm: true }, ["KAS-LIFE-4"]],
  ["it polls", { polls: true }, ["KAS-WATCH-1"]],
  [
    "it begins its watch anew with each beat",
    { atBeat: (tenant) => tenant.request("watch", "GET", "/x/pods?watch=1&resourceVersion=0", "pods") },
    ["KAS-WATCH-1"],
  ],
  [
    "it writes to the cluster",
    { atStart: (tenant) => tenant.request("create", "POST", "/api/v1/namespaces/default/events", "events") },
    ["KAS-WATCH-7"],
  ],
  ["it lists Secrets", { atStart: (tenant) => tenant.request("list", "GET", "/api/v1/secrets", "secrets") }, ["KAS-SEC-1"]],
  ["it takes a Lease and asks what it may", { atStart: takesLease }, []],
];

function typeOf(resource: string): string {
  return (
    {
      nodes: "*v1.Node",
      namespaces: "*v1.Namespace",
      pods: "*v1.Pod",
      "ingresses.networking.k8s.io": "*v1.Ingress",
      "deployments.apps": "*v1.Deployment",
      "replicasets.apps": "*v1.ReplicaSet",
      "statefulsets.apps": "*v1.StatefulSet",
      replicationcontrollers: "*v1.ReplicationController",
    }[resource] ?? ""
  );
}

function takesLease(tenant: Parameters<NonNullable<Quirks["atStart"]>>[0]): void {
  tenant.request("update", "PUT", "/apis/coordination.k8s.io/v1/namespaces/x/leases/y", "leases.coordination.k8s.io");
  tenant.request(
    "create",
    "POST",
    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    "selfsubjectaccessreviews.authorization.k8s.io",
  );
}

function withStatus(object: KubeObject, changed: KubeObject): KubeObject {
  return { ...object, status: { ...(object["status"] as KubeObject), ...changed } };
}

/** Shows the label of a change once, and the one before it ever after. */
function revertsLater(): NonNullable<Quirks["objects"]> {
  let shown = 0;
  return (objects) =>
    objects.map((placed) => {
      const metadata = placed.object["metadata"] as KubeObject;
      const labels = metadata["labels"] as KubeObject | undefined;
      if (labels?.["release"] !== "canary") return placed;
      shown += 1;
      if (shown === 1) return placed;
      const { release: _release, ...old } = labels;
      return { ...placed, object: { ...placed.object, metadata: { ...metadata, labels: old } } };
    });
}

describe("each fault is blamed on its requirements, and on no others", () => {
  it.each(matrix)("%s", (_name, quirks, expected) => {
    const red = failed(quirks);
    expect(red.map(({ id, message }) => (expected.includes(id) ? id : `${id}: ${message}`)).sort()).toEqual([...expected].sort());
  });

  it("covers every check of core but KAS-ENC-4, which has its own table", () => {
    const covered = new Set(matrix.flatMap(([, , ids]) => ids));
    const core = checks.filter(({ id }) => findRequirement(id)?.profile === "core");
    expect(core.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual(["KAS-ENC-4"]);
  });
});

describe("KAS-ENC-4", () => {
  it.each([
    ["an array", asList((objects) => objects)],
    ["a List", asList((items) => ({ kind: "NodeList", metadata: { resourceVersion: "1" }, items }))],
    ["a scalar", asList(() => 17)],
  ])("is red for %s on a server line", (_name, quirks) => {
    expect(failed(quirks).map(({ id }) => id)).toContain("KAS-ENC-4");
  });

  it.each([
    ["an array", asList((objects) => objects), false],
    ["a List", asList((items) => ({ kind: "NodeList", metadata: { resourceVersion: "1" }, items })), false],
    ["a scalar", asList(() => 17), true],
  ])("by the letter of the document: %s", (_name, quirks, red) => {
    expect(failed(quirks, "document").some(({ id }) => id === "KAS-ENC-4")).toBe(red);
  });
});
