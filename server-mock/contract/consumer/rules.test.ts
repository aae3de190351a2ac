import { describe, expect, it } from "vitest";
import { isNamespaced } from "../kinds/type-names.ts";
import type { KubeObject } from "../json.ts";
import { findTarget, targets } from "../targets/registry.ts";
import type { AbortRule, DropRule, GuardRule, Target } from "../targets/types.ts";
import { takeInventory } from "./inventory.ts";
import type { SnapshotEntry } from "./types.ts";

type Entry = SnapshotEntry;

function entry(type: string, object: KubeObject): Entry {
  return { type, objects: [object], shape: "object", findings: [] };
}

const meta = (name: string, more: KubeObject = {}) => ({ uid: `u-${name}`, name, namespace: "shop", ...more });
const labels = { app: "web" };
const owned = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, uid: `u-${name}` }] });
const info = entry("*version.Info", { gitVersion: "v1.30.0" });
const node = entry("*v1.Node", {
  metadata: { uid: "u-n", name: "n" },
  status: { addresses: [{ type: "InternalIP", address: "10.0.0.1" }] },
});
const namespace = entry("*v1.Namespace", { metadata: { uid: "u-shop", name: "shop" } });
const web = entry("*v1.Deployment", {
  metadata: meta("web", { labels }),
  spec: { template: { metadata: { labels }, spec: { containers: [{ ports: [{ name: "http", containerPort: 8080 }] }] } } },
});
const set = entry("*v1.StatefulSet", { metadata: meta("db") });
const status = { hostIP: "10.0.0.1", podIP: "10.1.0.1" };
const pod = (name: string, more: KubeObject = {}, state: KubeObject = {}) =>
  entry("*v1.Pod", { metadata: meta(name, { labels, ...owned("Deployment", "web"), ...more }), status: { ...status, ...state } });
const service = (name: string, spec: KubeObject = {}, more: KubeObject = {}) =>
  entry("*v1.Service", {
    metadata: meta(name, more),
    spec: { type: "ClusterIP", clusterIP: "10.2.0.1", selector: labels, ...spec },
  });
const base = [info, node, namespace, web, set, pod("web-1"), service("web")];
const shaped = (shape: Entry["shape"], type = "*v1.Pod"): Entry => ({
  type,
  objects: [{ metadata: meta("x") }],
  shape,
  findings: [],
});
const ingress = (type: string) => entry(type, { metadata: meta(type) });

/** For each rule, entries that beside the others break it and no other. */
const drops: Readonly<Record<DropRule, readonly Entry[]>> = {
  "entry-unreadable": [{ type: "*v1.Pod", objects: [], shape: "unreadable", findings: [{ code: "plain", problem: "no zlib" }] }],
  "entry-array": [shaped("array")],
  "entry-list": [shaped("list")],
  "entry-scalar": [{ ...shaped("scalar"), objects: [] }],
  "type-unread": [entry("*v1.IPPool", { metadata: meta("pool") })],
  "ingress-flavour": [ingress("*v1.Ingress"), ingress("*v1beta1.Ingress")],
  "no-metadata": [entry("*v1.Pod", {})],
  "no-uid": [pod("a", { uid: "" })],
  "no-name": [pod("a", { name: 5 })],
  "no-namespace": [pod("a", { namespace: "" })],
  "namespace-unknown": [pod("a", { namespace: "elsewhere" })],
  "uid-twice": [pod("web-1", { labels: { other: "pod" } })],
  "version-info-again": [info],
  "node-without-internal-ip": [entry("*v1.Node", { metadata: { uid: "u-m", name: "m" } })],
  "replicaset-inactive": [entry("*v1.ReplicaSet", { metadata: meta("rs", owned("Deployment", "web")), spec: { replicas: 0 } })],
  "replicaset-without-owner": [
    entry("*v1.ReplicaSet", {
      metadata: meta("rs", { ownerReferences: { kind: "Deployment", uid: "u-web" } }),
      spec: { replicas: 1 },
    }),
  ],
  "service-without-selector": [service("s", { selector: {} })],
  "service-type": [service("s", { type: "ExternalName" })],
  "service-without-workload": [service("s", { selector: { app: "web", tier: "none" } })],
  "pod-without-owner": [pod("a", { ownerReferences: undefined })],
  "pod-owner-kind": [pod("a", owned("Job", "web"))],
  "pod-owner-unknown": [pod("a", owned("Deployment", "gone"))],
  "pod-node-unknown": [pod("a", {}, { hostIP: "10.9.9.9" })],
  "pod-identity-collision": ["db-10", "db-b0"].map((name) =>
    pod(name, { ...owned("StatefulSet", "db"), generateName: "db-1", generate_name: "db-1" }),
  ),
};

const provider = "virtual-kubelet.io/provider-cluster-native-name";
const cattle = (value: string) => ({ annotations: { "field.cattle.io/targetWorkloadIds": value } });
/** For each rule, entries that break it; the outcome by line from v6.1 to v7.1, as protocol.md 4.1 has it. */
const aborts: Readonly<Record<AbortRule, readonly [entries: readonly Entry[], outcomes: string]>> = {
  "node-address": [
    [
      entry("*v1.Node", {
        metadata: { uid: "u-m", name: "m" },
        status: { addresses: [{ type: "InternalIP", address: "10.0.0" }] },
      }),
    ],
    "aaaaaaaa",
  ],
  "service-cluster-ip": [[service("s", { clusterIP: "10.2.0.x" })], "aaaaaaaa"],
  "pod-ip": [[pod("a", {}, { podIP: "10.1" })], "kccccccc"],
  "pod-networks": [[pod("a", {}, { podNetworks: [{ ip: ["10.1.0.2"] }] })], "cccccccc"],
  "virtual-kubelet-pod-without-labels": [
    [
      entry("*v1.Namespace", { metadata: { uid: "u-vk", name: "vk", labels: { [provider]: "x" } } }),
      pod("a", { namespace: "vk", labels: {} }),
    ],
    "cccccccc",
  ],
  "label-not-a-string": [[service("s", { selector: { app: 5 } })], "cckkkkkk"],
  "pod-condition-not-a-string": [[pod("a", {}, { conditions: [{ type: "Ready", status: true }] })], "ccccccck"],
  "cattle-annotation-not-json": [[service("s", {}, cattle(""))], "aakkkkkk"],
  "cattle-annotation-names-workload": [[service("s", {}, cattle('["deployment:shop:web"]'))], "cckkkkkk"],
};

const otherLosses: readonly (readonly [name: string, entries: readonly Entry[], outcomes: string])[] = [
  ["no version.Info", base.slice(1), "cccaaaaa"],
  ["no gitVersion", [entry("*version.Info", {}), ...base.slice(1)], "kkkaaaaa"],
  ["no entries", [], "cccaaaaa"],
  ["no JSON in a type that is read", [...base, broken("not-json")], "aaaaaaaa"],
  ["no JSON in a type that is not", [...base, broken("not-json", "*v1.IPPool")], "kkkkkkkk"],
  ["no zlib, in any type", [...base, broken("gzip", "*v1.IPPool")], "aaaaaaaa"],
  ["an entry cut short", [...base, broken("truncated")], "aaaaaaaa"],
  ["an entry cut short, of a type that is not read", [...base, broken("truncated", "*v1.IPPool")], "kkaaaaaa"],
  ["a wrong checksum", [...base, { ...pod("a"), findings: [{ code: "checksum", problem: "" }] }], "kkaaaaaa"],
];

function broken(code: string, type = "*v1.Pod"): Entry {
  return { type, objects: [], shape: "unreadable", findings: [{ code, problem: code }] };
}

const guards: Readonly<Record<GuardRule, readonly Entry[]>> = {
  "no-nodes": [info, namespace, web, pod("web-1")],
  "no-nodes-and-no-pods": [info, namespace, web, service("web")],
  "no-interfaces": [info, namespace, web, pod("web-1", {}, { podIP: "" })],
};

/** Owner kinds by line from v6.1 to v7.1, as protocol.md 4.3 has them. */
const ownerKinds: readonly (readonly [kind: string, lines: string])[] = [
  ["StatefulSet", "yyyyyyyy"],
  ["ReplicaSet", "yyyyyyyy"],
  ["ReplicationController", "yyyyyyyy"],
  ["Deployment", "yyyyyyyy"],
  ["DaemonSet", "yyyyyyyy"],
  ["InPlaceSet", "nyyyyyyy"],
  ["CloneSet", "nnyyyyyy"],
  ["OpenGaussCluster", "nnnnnyyy"],
  ["StatefulSetPlus", "nnnnnyyy"],
  ["Job", "nnnnnnnn"],
  ["CronJob", "nnnnnnnn"],
  ["Node", "nnnnnnnn"],
  ["Rollout", "nnnnnnnn"],
];

const lines = targets.filter(({ line }) => line);
const versions = [
  "v6.3.0",
  "v6.3.3",
  "v6.3.5",
  "v6.3.6",
  "v6.4.7",
  "v6.4.8",
  "v6.5.6",
  "v6.6.3",
  "v6.6.4",
  "v7.1.5",
  "v6.2-head",
  "v6.5-head",
];
const everyTarget = [...targets, ...versions.map((id) => findTarget(id) as Target)];
const inventory = (target: Target, ...entries: readonly Entry[]) => takeInventory({ entries }, target);
const rulesOf = (target: Target, entries: readonly Entry[]) => inventory(target, ...entries).dropped.map(({ rule }) => rule);
const OUTCOMES: Readonly<Record<string, string>> = { k: "kept", a: "aborted", c: "crashed" };

const dropCases = everyTarget.flatMap((target) => Object.entries(drops).map(([rule, entries]) => ({ target, rule, entries })));
const identityCases = lines.flatMap((target) =>
  target.consumed.flatMap(({ resource, typeNames }) =>
    typeNames.flatMap((type) =>
      (
        ["no-metadata", "no-uid", "no-name", ...(isNamespaced(resource) ? ["no-namespace", "namespace-unknown"] : [])] as const
      ).map((rule) => ({ target, type, rule, resource })),
    ),
  ),
);
const lossCases = lines.flatMap((target, index) => [
  ...Object.entries(aborts).map(([rule, [entries, outcomes]]) => ({
    target,
    name: rule,
    entries: [...base, ...entries],
    outcome: OUTCOMES[outcomes[index] ?? ""],
  })),
  ...otherLosses.map(([name, entries, outcomes]) => ({ target, name, entries, outcome: OUTCOMES[outcomes[index] ?? ""] })),
]);
const abortCases = everyTarget.flatMap((target) =>
  Object.entries(aborts).map(([rule, [entries]]) => ({ target, rule: rule as AbortRule, entries })),
);
const guardCases = everyTarget.flatMap((target) =>
  Object.entries(guards).map(([rule, entries]) => ({ target, rule: rule as GuardRule, entries })),
);
const ownerCases = lines.flatMap((target, index) =>
  ownerKinds.map(([kind, kept]) => ({ target, kind, kept: kept[index] === "y" })),
);

describe("4.2, 4.3, 4.4, 2.6, 3: what drops an object", () => {
  it.each(dropCases)("$target.id: $rule", ({ target, rule, entries }) => {
    const expected = (target.drops as readonly string[]).includes(rule);
    expect(rulesOf(target, base)).toEqual([]);
    expect(rulesOf(target, [...base, ...entries]).includes(rule)).toBe(expected);
  });

  it.each(identityCases)("$target.id: $rule, for $resource as $type", ({ target, type, rule }) => {
    const metadata = {
      "no-uid": { uid: 5 },
      "no-name": { name: "" },
      "no-namespace": { namespace: null },
      "namespace-unknown": { namespace: "gone" },
    };
    const object = rule === "no-metadata" ? {} : { metadata: meta("x", metadata[rule as keyof typeof metadata]) };
    const dropped = inventory(target, ...base, entry(type, object)).dropped;
    expect(dropped.map(({ rule, type }) => [rule, type])).toEqual([[rule, type]]);
  });
});

describe("4.1: what loses the whole sync", () => {
  it.each(lossCases)("$target.id: $name: $outcome", ({ target, entries, outcome }) => {
    expect(inventory(target, ...entries).outcome).toBe(outcome);
  });

  it.each(abortCases)("$target.id: $rule, and the object to blame", ({ target, rule, entries }) => {
    const { outcome, blame, reason } = inventory(target, ...base, ...entries);
    if (!target.aborts.includes(rule)) return expect(blame?.rule).not.toBe(rule);
    expect(outcome).toMatch(/aborted|crashed/);
    expect(blame).toMatchObject({
      rule,
      uid: expect.stringMatching(/^u-/) as string,
      source: expect.stringContaining("4.1") as string,
    });
    expect(reason).toContain("To mend it");
  });

  it("blames what comes first in the order of types, not of entries", () => {
    const first = findTarget("v7.1") as Target;
    const entries = [...base, ...aborts["pod-ip"][0], ...aborts["node-address"][0]];
    expect(inventory(first, ...entries).blame?.rule).toBe("node-address");
  });
});

describe("4.3: owners of pods", () => {
  it.each(ownerCases)("$target.id: $kind, kept: $kept", ({ target, kind, kept }) => {
    const owner = kind === "Deployment" ? web : entry(`*v1.${kind === "StatefulSetPlus" ? "StatefulSet" : kind}`, ownerOf(kind));
    const name = kind === "Deployment" ? "web" : "o";
    const { resources } = inventory(target, ...base, owner, pod("p", owned(kind, name)));
    expect(resources.pods.some((candidate) => candidate.name === "p")).toBe(kept);
  });
});

function ownerOf(kind: string): KubeObject {
  return { metadata: meta("o", kind === "ReplicaSet" ? owned("Deployment", "web") : {}), spec: { replicas: 1 } };
}

describe("2.8: guards", () => {
  it.each(guardCases)("$target.id: $rule", ({ target, rule, entries }) => {
    const { outcome, blame, counts } = inventory(target, ...entries);
    const [first] = target.guards.filter((guard) => guard === rule || guard === "no-nodes");
    // v6.1 and v6.2 drop pods of unknown nodes, so that these snapshots leave no pod there.
    const expected =
      target.drops.includes("pod-node-unknown") && !target.guards.includes("no-nodes") ? "no-nodes-and-no-pods" : first;
    expect(blame?.rule).toBe(target.line ? expected : undefined);
    expect(outcome).toBe(target.line && expected !== undefined ? "guarded" : "kept");
    if (outcome === "guarded") expect(counts.workloads).toBe(0);
  });
});

const count =
  dropCases.length + identityCases.length + lossCases.length + abortCases.length + ownerCases.length + guardCases.length;

it(`went through ${count} cases: ${dropCases.length + identityCases.length} drops, ${lossCases.length + abortCases.length} losses, ${ownerCases.length} owners, ${guardCases.length} guards`, () => {
  const known = (pick: (target: Target) => readonly string[]) => new Set(everyTarget.flatMap(pick));
  expect(new Set(Object.keys(drops))).toEqual(known(({ drops }) => drops));
  expect(new Set(Object.keys(aborts))).toEqual(known(({ aborts }) => aborts));
  expect(new Set(Object.keys(guards))).toEqual(known(({ guards }) => guards));
  expect(count).toBeGreaterThan(everyTarget.length * (Object.keys(drops).length + Object.keys(aborts).length));
});
