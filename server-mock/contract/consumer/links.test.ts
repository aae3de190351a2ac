import { anything, array, assert, constant, constantFrom, oneof, option, property, record, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "../json.ts";
import { knownTypeNames } from "../kinds/type-names.ts";
import { findTarget, targets } from "../targets/registry.ts";
import type { Target } from "../targets/types.ts";
import { takeInventory } from "./inventory.ts";
import type { SnapshotEntry } from "./types.ts";

function entry(type: string, object: KubeObject): SnapshotEntry {
  return { type, objects: [object], shape: "object", findings: [] };
}

const meta = (name: string, more: KubeObject = {}) => ({ uid: `u-${name}`, name, namespace: "shop", ...more });
const labels = { app: "web" };
const node = (more: KubeObject = {}, capacity: KubeObject = {}) =>
  entry("*v1.Node", {
    metadata: { uid: "u-n", name: "n", ...more },
    status: { addresses: [{ type: "InternalIP", address: "10.0.0.1" }], capacity },
  });
const rest = [
  entry("*version.Info", { gitVersion: "v1.30.0" }),
  entry("*v1.Namespace", { metadata: { uid: "u-shop", name: "shop" } }),
  entry("*v1.Deployment", { metadata: meta("web", { labels }) }),
];
const ports = [
  { name: "http", port: 80, targetPort: 8080 },
  { name: "admin", port: 81, targetPort: 8081 },
];
const web = entry("*v1.Service", {
  metadata: meta("web"),
  spec: { type: "ClusterIP", clusterIP: "10.2.0.1", selector: labels, ports },
});
const pod = (name: string, metadata: KubeObject) =>
  entry("*v1.Pod", { metadata: meta(name, metadata), status: { hostIP: "10.0.0.1" } });
const ingress = (spec: KubeObject, type = "*v1.Ingress") => entry(type, { metadata: meta("front"), spec });
const take = (id: string, ...entries: readonly SnapshotEntry[]) =>
  takeInventory({ entries: [node(), ...rest, ...entries] }, findTarget(id) as Target);
const path = (backend: KubeObject) => ({ rules: [{ host: "h", http: { paths: [{ path: "/", backend }] } }] });
const v1 = (name: string, port: KubeObject) => ({ service: { name, port } });

describe("what becomes of an object", () => {
  it("a ReplicaSet of an owner that is not there is a workload of its own, and keeps its pods", () => {
    const set = { metadata: meta("api-7d4b", { ownerReferences: [{ kind: "Rollout", uid: "u-r" }] }), spec: { replicas: 1 } };
    const { resources } = take(
      "v7.1",
      entry("*v1.ReplicaSet", set),
      pod("p", { ownerReferences: [{ kind: "ReplicaSet", uid: "u-api-7d4b" }] }),
    );
    expect(resources.workloads.at(-1)).toMatchObject({ uid: "u-api-7d4b", name: "api", invented: true });
    expect(resources.pods).toMatchObject([{ workload: "u-api-7d4b", replicaSet: "u-api-7d4b", node: "u-n" }]);
  });

  it("pods of an InPlaceSet share one workload that is made up from them", () => {
    const owned = { ownerReferences: [{ kind: "InPlaceSet", uid: "u-i", name: "i" }] };
    const { resources, counts } = take("v6.2", pod("a", owned), pod("b", owned));
    expect(counts.workloads).toBe(2);
    expect(resources.pods.map(({ workload }) => workload)).toEqual(["u-i", "u-i"]);
  });

  it.each([
    ["v6.5", 1],
    ["v6.6.1", 1],
    ["v6.6", 0],
    ["v7.1", 0],
  ])("a serverless pod without owner, on %s: %i kept", (id, count) => {
    const provider = (name: string) => `virtual-kubelet.io/provider-${name}`;
    const serverless = {
      [provider("cluster-type")]: "serverless",
      [provider("resource-name")]: "r",
      [provider("workload-type")]: "Deployment",
    };
    expect(take(id, pod("a", { labels: serverless })).counts.pods).toBe(count);
  });

  it.each([
    ["v6.3", "node-role.kubernetes.io/master", true],
    ["v6.3", "node-role.kubernetes.io/control-plane", false],
    ["v6.4", "node-role.kubernetes.io/control-plane", true],
  ])("a node, on %s, with the label %s is a master: %s", (id, label, master) => {
    const entries = [node({ labels: { [label]: "" } }), ...rest];
    expect(takeInventory({ entries }, findTarget(id) as Target).resources.nodes[0]?.master).toBe(master);
  });

  it.each<[KubeObject, number, number, readonly string[]]>([
    [{ cpu: "4", memory: "16384Ki" }, 4, 16_384, []],
    [{ cpu: "3920m", memory: "16Gi" }, 0, 0, ["node-cpu", "node-memory"]],
    [{ cpu: 4 }, 0, 0, ["node-cpu"]],
    [{}, 0, 0, []],
  ])("a node's capacity %j counts as %i cpus and %i Ki", (capacity, cpus, memoryKi, rules) => {
    const { resources, reduced } = takeInventory({ entries: [node({}, capacity), ...rest] }, findTarget("v7.1") as Target);
    expect(resources.nodes[0]).toMatchObject({ cpus, memoryKi });
    expect(reduced.map(({ rule }) => rule)).toEqual(rules);
  });
});

describe("the backends of an Ingress", () => {
  it.each<[string, KubeObject, number, readonly string[]]>([
    ["v1, by number", path(v1("web", { number: 80 })), 1, []],
    ["v1, by the name of the last port", path(v1("web", { name: "admin" })), 1, []],
    ["v1, by the name of another port", path(v1("web", { name: "http" })), 0, ["ingress-backend-port"]],
    ["v1beta1", path({ serviceName: "web", servicePort: 80 }), 1, []],
    ["to a Service that is not kept", path(v1("gone", { number: 80 })), 0, ["ingress-backend-service"]],
    ["by default", { defaultBackend: v1("web", { number: 80 }) }, 1, []],
    [
      "behind a default that fails",
      { backend: { serviceName: "gone", servicePort: 1 }, ...path(v1("web", { number: 80 })) },
      0,
      ["ingress-backend-service", "ingress-default-backend"],
    ],
    ["of a Route", { host: "h", to: { name: "web" }, port: { targetPort: 8080 } }, 1, []],
  ])("%s", (_name, spec, backends, rules) => {
    const { counts, reduced, resources } = take("v7.1", web, ingress(spec));
    expect([counts.ingresses, counts.ingressBackends]).toEqual([1, backends]);
    expect(reduced.map(({ rule }) => rule)).toEqual(rules);
    expect(resources.services[0]?.ingress).toBe(backends === 0 ? undefined : "u-front");
  });

  it.each([
    ["v6.1", 0],
    ["v6.2", 1],
  ])("in the v1 form, on %s: %i", (id, backends) => {
    expect(take(id, web, ingress(path(v1("web", { number: 80 })))).counts.ingressBackends).toBe(backends);
    expect(take(id, web, ingress(path({ serviceName: "web", servicePort: 80 }))).counts.ingressBackends).toBe(1);
  });
});

it("takes whatever anybody sends", () => {
  const strange = anything({ withNullPrototype: false, maxDepth: 4 });
  const part = option(strange, { nil: undefined });
  const object = record({ metadata: oneof(strange, constant(meta("x"))), spec: part, status: part, gitVersion: part });
  const entries = array(tuple(constantFrom(...knownTypeNames), object));
  assert(
    property(entries, constantFrom(...targets), (sent, target) => {
      const { podsSent } = takeInventory(
        { entries: [...rest, ...sent.map(([type, value]) => entry(type, value as KubeObject))] },
        target,
      );
      expect(podsSent).toBe(sent.filter(([type]) => type === "*v1.Pod").length);
    }),
  );
});
