import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findTarget, podsLine, takeInventory, type Target } from "../server-mock/contract/index.ts";
import { readSource } from "./inspect-source.ts";

const source = await readSource(join(import.meta.dirname, "../fixtures/kind-v1.20"));
const take = (id: string) => takeInventory(source, findTarget(id) as Target);
const names = (objects: readonly { readonly name: string }[]) => objects.map(({ name }) => name).sort();

/**
 * Worked out by hand from the objects of fixtures/kind-v1.20: one node; five namespaces; Deployments coredns, web, idle
 * (0 replicas), StatefulSet db, DaemonSet kube-proxy, ReplicationController legacy; a Job; a bare pod; four static pods.
 */
const byHand = {
  nodes: 1,
  namespaces: 5,
  // coredns, idle, web, db, kube-proxy, legacy
  workloads: 6,
  // coredns and web; that of idle is inactive
  replicaSets: 2,
  // 2 coredns, kube-proxy, 2 web, db-0, legacy
  pods: 7,
  // kube-dns, web, db, and the LoadBalancer edge; kubernetes and elsewhere have no selector, nobody selects nothing
  services: 4,
  // kube-dns 3, web 1 of 2 (no container port is named metrics), db 1, edge 1
  servicePorts: 6,
  ingresses: 1,
  // its default backend, and shop.example.com
  ingressRules: 2,
  // the default one and /; that of /x names a Service that is not kept
  ingressBackends: 2,
  configMaps: 13,
};

describe("objects of a real cluster (kind, Kubernetes 1.20)", () => {
  it("make the inventory of v7.1 that was worked out by hand", () => {
    const { outcome, counts, resources, dropped, reduced } = take("v7.1");
    expect(outcome).toBe("kept");
    expect(counts).toEqual(byHand);
    expect(names(resources.services)).toEqual(["db", "edge", "kube-dns", "web"]);
    expect(dropped.map(({ rule, name }) => `${rule} ${name.replace(/-(fixture-lines.*|\w{5}|\w{10})$/, "")}`).sort()).toEqual([
      "pod-owner-kind etcd",
      "pod-owner-kind import",
      "pod-owner-kind kube-apiserver",
      "pod-owner-kind kube-controller-manager",
      "pod-owner-kind kube-scheduler",
      "pod-without-owner bare",
      "replicaset-inactive idle",
      "service-without-selector elsewhere",
      "service-without-selector kubernetes",
      "service-without-workload nobody",
      "type-unread import",
    ]);
    expect(reduced.map(({ rule, name, part }) => `${rule} ${name} ${part}`)).toEqual([
      "service-named-port web port 9090",
      "ingress-backend-service front backend /x",
    ]);
  });

  it("are linked: pod to ReplicaSet, workload and node; Service to workload, port and Ingress", () => {
    const { resources } = take("v7.1");
    const { pods, workloads, replicaSets, nodes, services, ingresses } = resources;
    const web = workloads.find(({ name }) => name === "web");
    const set = replicaSets.find(({ workload }) => workload === web?.uid);
    const webPods = pods.filter(({ workload }) => workload === web?.uid);
    expect(webPods).toHaveLength(2);
    for (const pod of webPods) expect(pod).toMatchObject({ replicaSet: set?.uid, node: nodes[0]?.uid, namespace: "shop" });
    const service = services.find(({ name }) => name === "web");
    expect(service).toMatchObject({ workloads: [web?.uid], ingress: ingresses[0]?.uid });
    expect(service?.ports).toMatchObject([{ name: "http", port: 80, protocol: "TCP", targetPort: 8080 }]);
    expect(services.find(({ name }) => name === "db")).toMatchObject({ clusterIp: "" });
    expect(ingresses[0]?.rules).toEqual([
      { host: "", backends: [{ path: "", service: service?.uid, port: 80 }] },
      { host: "shop.example.com", backends: [{ path: "/", service: service?.uid, port: 80 }] },
    ]);
    expect(nodes[0]).toMatchObject({ master: true, address: expect.stringMatching(/^172\./) as string });
    expect(nodes[0]?.memoryKi).toBeGreaterThan(1024);
  });

  it.each([
    ["v7.0", {}],
    ["v6.6", { configMaps: 0 }],
    ["v6.5", { configMaps: 0, services: 3, servicePorts: 5 }],
    ["v6.4", { configMaps: 0, services: 3, servicePorts: 5 }],
    ["v6.3", { configMaps: 0, services: 3, servicePorts: 5 }],
    ["v6.2", { configMaps: 0, services: 3, servicePorts: 5 }],
    // The v1 form of backends is not read there; the default backend's field neither.
    ["v6.1", { configMaps: 0, services: 3, servicePorts: 5, ingressRules: 1, ingressBackends: 0 }],
  ])("differ on %s as the lines do", (id, difference) => {
    const { outcome, counts } = take(id);
    expect(outcome).toBe("kept");
    expect(counts).toEqual({ ...byHand, ...difference });
  });

  it("say in one line what becomes of the pods", () => {
    expect(podsLine(findTarget("v6.5") as Target, take("v6.5"))).toBe(
      "7 of 13 pods would be tagged on v6.5; 6 dropped: 4 static, 1 without owner, 1 Jobs' pods",
    );
  });
});
