import { describe, expect, it } from "vitest";
import type { KubeObject } from "../json.ts";
import { findTarget } from "../targets/registry.ts";
import type { Target } from "../targets/types.ts";
import { syncTrouble } from "./sync-trouble.ts";
import type { UploadedObject } from "./types.ts";

const v71 = findTarget("v7.1") as Target;
const document = findTarget("document") as Target;

const namespace = (labels?: object) => ["*v1.Namespace", { metadata: { uid: "ns", name: "shop", labels } }] as const;
const node = (address: string, podCIDR = "10.1.0.0/24") =>
  [
    "*v1.Node",
    {
      metadata: { uid: "node", name: "n1" },
      status: {
        addresses: [
          { type: "Hostname", address: "n.1" },
          { type: "InternalIP", address },
        ],
      },
      spec: { podCIDR },
    },
  ] as const;
const replicaSet = (replicas: unknown = 1) =>
  [
    "*v1.ReplicaSet",
    {
      metadata: { uid: "rs", name: "web", namespace: "shop", ownerReferences: [{ uid: "d" }], labels: { app: "web" } },
      spec: { replicas },
    },
  ] as const;
const pod = (status: object, more: object = {}) =>
  [
    "*v1.Pod",
    {
      metadata: {
        uid: "pod",
        name: "web-1",
        namespace: "shop",
        labels: { app: "web" },
        ownerReferences: [{ kind: "ReplicaSet", uid: "rs" }],
        ...more,
      },
      status,
    },
  ] as const;
const service = (clusterIP: string, spec: object = {}) =>
  [
    "*v1.Service",
    {
      metadata: { uid: "svc", name: "web", namespace: "shop" },
      spec: { clusterIP, type: "ClusterIP", selector: { app: "web" }, ...spec },
    },
  ] as const;

const PROVIDER = { "virtual-kubelet.io/provider-cluster-native-name": "x" };

type Uploaded = readonly [type: string, object: KubeObject];
const snapshot = (...objects: readonly Uploaded[]): readonly UploadedObject[] =>
  objects.map(([type, object], entry) => ({ entry, type, object }));

const broken: readonly [name: string, rule: string, effect: string, uid: string, objects: readonly Uploaded[]][] = [
  ["a node whose InternalIP is a name", "node-address", "aborts", "node", [node("node.local")]],
  ["a node whose podCIDR is no prefix", "node-address", "aborts", "node", [node("10.0.0.1", "10.1.0.0/99")]],
  [
    "a kept Service whose clusterIP is no address",
    "service-cluster-ip",
    "aborts",
    "svc",
    [namespace(), replicaSet(), service("10.0.0.300")],
  ],
  [
    "a kept pod whose podIP is no address",
    "pod-ip",
    "crashes",
    "pod",
    [namespace(), replicaSet(), pod({ podIP: "unknown", hostIP: "10.0.0.1" })],
  ],
  ["a kept pod whose podIP is a prefix", "pod-ip", "crashes", "pod", [namespace(), replicaSet(), pod({ podIP: "10.1.0.5/24" })]],
  [
    "a kept pod with podNetworks",
    "pod-networks",
    "crashes",
    "pod",
    [namespace(), replicaSet(), pod({ podNetworks: [{ ip: ["10.0.0.1"] }] })],
  ],
  [
    "a pod of an invented owner with podNetworks",
    "pod-networks",
    "crashes",
    "pod",
    [namespace(), pod({ podNetworks: [{ ip: "10.0.0.1" }] }, { ownerReferences: [{ kind: "InPlaceSet", uid: "x" }] })],
  ],
  [
    "a kept pod without labels in a virtual-kubelet namespace",
    "virtual-kubelet-pod-without-labels",
    "crashes",
    "pod",
    [namespace(PROVIDER), replicaSet(), pod({}, { labels: {} })],
  ],
];

const whole: readonly [name: string, objects: readonly Uploaded[]][] = [
  [
    "addresses as the API gives them",
    [namespace(), node("10.0.0.1", "fd00::/64"), replicaSet(), service("10.0.0.1"), pod({ podIP: "10.1.0.5" })],
  ],
  ["a node whose InternalIP has neither dot nor colon", [node("node")]],
  ["a headless Service", [namespace(), replicaSet(), service("None")]],
  [
    "a Service that is dropped since nothing matches its selector",
    [namespace(), replicaSet(), service("10.0.0.300", { selector: { app: "other" } })],
  ],
  ["a Service that is dropped for its type", [namespace(), replicaSet(), service("10.0.0.300", { type: "ExternalName" })]],
  ["a pod without podIP", [namespace(), replicaSet(), pod({ podIP: "" })]],
  ["a hostNetwork pod", [namespace(), replicaSet(), pod({ podIP: "odd", hostIP: "odd" })]],
  ["a pod that is dropped since its namespace is missing", [replicaSet(), pod({ podIP: "odd" })]],
  ["a pod that is dropped since its ReplicaSet is inactive", [namespace(), replicaSet(0), pod({ podNetworks: [{ ip: "x" }] })]],
  [
    "a pod that is dropped since its owner is a Job",
    [namespace(), pod({ podIP: "odd" }, { ownerReferences: [{ kind: "Job", uid: "rs" }] })],
  ],
  ["a labelled pod in a virtual-kubelet namespace", [namespace(PROVIDER), replicaSet(), pod({})]],
  ["objects under a type that is not read", [["*v1.Pods", pod({ podIP: "odd" })[1]]]],
  [
    "objects without any field",
    [
      ["*v1.Node", {}],
      ["*v1.Pod", {}],
      ["*v1.Service", {}],
      ["*v1.Namespace", {}],
    ],
  ],
];

describe("syncTrouble", () => {
  it.each(broken)("v7.1: %s", (_name, rule, effect, uid, objects) => {
    const troubles = syncTrouble(v71, snapshot(...objects));
    expect(troubles).toMatchObject([{ rule, effect, uid, entry: objects.length - 1, source: "protocol.md 4.1" }]);
    expect(troubles[0]?.text).toMatch(/^entry \d+, \*v1\..* To mend it: .*\.$/);
  });

  it("has a case for every rule of v7.1", () => {
    expect([...new Set(broken.map(([, rule]) => rule))].sort()).toEqual([...v71.aborts].sort());
  });

  it.each(whole)("v7.1 survives %s", (_name, objects) => {
    expect(syncTrouble(v71, snapshot(...objects))).toEqual([]);
  });

  it.each(broken)("the document knows no such thing: %s", (_name, _rule, _effect, _uid, objects) => {
    expect(syncTrouble(document, snapshot(...objects))).toEqual([]);
  });

  it("tells each object that breaks a rule", () => {
    const [type, object] = node("a.b");
    expect(syncTrouble(v71, snapshot([type, object], [type, object])).map((trouble) => trouble.entry)).toEqual([0, 1]);
  });
});
