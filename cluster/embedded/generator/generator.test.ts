import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customResources, findRelease, resourceKey, resourcesOf, type KubeObject } from "../catalog/index.ts";
import { array, record, text } from "../catalog/json.ts";
import { generateCluster, type GeneratedObject, type GenerateOptions } from "./index.ts";

const FEATURES = ["openshift", "openkruise", "opengauss", "calico", "pingan", "tke"];

const anyOptions: fc.Arbitrary<GenerateOptions> = fc.record({
  seed: fc.integer(),
  pods: fc.integer({ min: 0, max: 160 }),
  nodes: fc.integer({ min: 1, max: 9 }),
  features: fc.subarray(FEATURES),
  release: fc.constantFrom("1.20", "1.30"),
});

function everyCluster(check: (objects: readonly GeneratedObject[], options: GenerateOptions) => void): void {
  fc.assert(
    fc.property(anyOptions, (options) => check(generateCluster(options), options)),
    { numRuns: 12 },
  );
}

function ofKind(objects: readonly GeneratedObject[], resource: string): readonly KubeObject[] {
  return objects.filter((one) => one.resource === resource).map((one) => one.object);
}

function leftTrim(name: string, characters: string): string {
  let start = 0;
  while (start < name.length && characters.includes(name.charAt(start))) start++;
  return name.slice(start);
}

function addressNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

describe("generated cluster", () => {
  it("is the same for the same options and another for another seed", () => {
    const options = { seed: 42, pods: 60, features: FEATURES };
    expect(generateCluster(options)).toEqual(generateCluster(options));
    expect(generateCluster({ ...options, seed: 43 })).not.toEqual(generateCluster(options));
  });

  it("is frozen to its depth", () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(generateCluster({ seed: 7, pods: 40 }))).toBe(true);
  });

  it("uses no uid and no name twice", () => {
    everyCluster((objects) => {
      const names = objects.map(({ resource, object }) => [resource, object.metadata.namespace, object.metadata.name].join("/"));
      expect(new Set(objects.map(({ object }) => object.metadata.uid)).size).toBe(objects.length);
      expect(new Set(names).size).toBe(objects.length);
    });
  });

  it("holds only what the release and the features serve, in the stored version", () => {
    everyCluster((objects, { release = "1.30", features = [] }) => {
      const found = findRelease(release);
      const served = new Map((found === undefined ? [] : resourcesOf(found, features)).map((one) => [resourceKey(one), one]));
      for (const { resource, object } of objects) {
        const definition = served.get(resource);
        const group = definition?.group === "" ? "" : `${definition?.group}/`;
        expect({ kind: object.kind, apiVersion: object.apiVersion }).toEqual({
          kind: definition?.kind,
          apiVersion: `${group}${definition?.storageVersion}`,
        });
        expect(object.metadata.namespace !== undefined).toBe(definition?.namespaced);
      }
      for (const definition of customResources) {
        const present = objects.some(({ resource }) => resource === resourceKey(definition));
        expect(present).toBe(features.includes(definition.feature ?? ""));
      }
    });
  });

  it("gives every object what the API server sets, and puts it into a namespace that exists", () => {
    everyCluster((objects) => {
      const namespaces = new Set(ofKind(objects, "namespaces").map((object) => object.metadata.name));
      for (const { object } of objects) {
        const { uid, creationTimestamp, managedFields, namespace, resourceVersion } = object.metadata;
        expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(creationTimestamp).toMatch(/^2025-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(managedFields?.length).toBeGreaterThan(0);
        expect(resourceVersion).toBeUndefined();
        if (namespace !== undefined) expect(namespaces).toContain(namespace);
      }
    });
  });

  it("resolves every owner, by uid, kind and name, to an object created before", () => {
    everyCluster((objects) => {
      const owners = new Map(objects.map(({ object }, index) => [object.metadata.uid, { object, index }]));
      for (const [index, { object }] of objects.entries()) {
        for (const reference of object.metadata.ownerReferences ?? []) {
          const owner = owners.get(reference.uid);
          expect(owner?.object).toMatchObject({ apiVersion: reference.apiVersion, kind: reference.kind });
          expect(owner?.object.metadata.name).toBe(reference.name);
          expect(owner?.index).toBeLessThan(index);
        }
      }
    });
  });

  it("places pods on nodes, at unique addresses of the node's podCIDR", () => {
    everyCluster((objects) => {
      const nodes = new Map(
        ofKind(objects, "nodes").map((node) => {
          const addresses = array(record(node["status"])["addresses"]).map(record);
          return [node.metadata.name, { address: addresses[0]?.["address"], cidr: text(record(node["spec"])["podCIDR"]) }];
        }),
      );
      const taken = new Set<unknown>();
      for (const pod of ofKind(objects, "pods")) {
        const spec = record(pod["spec"]);
        const status = record(pod["status"]);
        if (status["phase"] === "Pending") {
          expect([spec["nodeName"], status["podIP"], status["hostIP"]]).toEqual([undefined, undefined, undefined]);
          continue;
        }
        const node = nodes.get(text(spec["nodeName"]));
        expect(status["hostIP"]).toBe(node?.address);
        if (spec["hostNetwork"] === true) {
          expect(status["podIP"]).toBe(status["hostIP"]);
          continue;
        }
        const [network = "", bits = ""] = (node?.cidr ?? "").split("/");
        const offset = addressNumber(text(status["podIP"])) - addressNumber(network);
        expect(offset).toBeGreaterThan(0);
        expect(offset).toBeLessThan(2 ** (32 - Number(bits)) - 1);
        expect(taken).not.toContain(status["podIP"]);
        taken.add(status["podIP"]);
      }
    });
  });

  it("has a pair of pods of one ReplicaSet that collide when generateName is trimmed as a character set", () => {
    everyCluster((objects) => {
      const pods = ofKind(objects, "pods").filter(
        (pod) => pod.metadata.namespace === "default" && pod.metadata.labels?.["app"] === "web",
      );
      const rests = pods.map((pod) => leftTrim(pod.metadata.name, pod.metadata.generateName ?? ""));
      expect(pods.map((pod) => pod.metadata.ownerReferences?.[0]?.kind)).toEqual(["ReplicaSet", "ReplicaSet"]);
      expect(rests[0]).toBe(rests[1]);
      expect(rests[0]).not.toBe("");
    });
  });

  it("has one ReplicationController with one pod, and Secrets in kube-system, always", () => {
    everyCluster((objects) => {
      const [controller, ...others] = ofKind(objects, "replicationcontrollers");
      const pods = ofKind(objects, "pods").filter((pod) => pod.metadata.ownerReferences?.[0]?.uid === controller?.metadata.uid);
      expect([others.length, pods.length]).toEqual([0, 1]);
      expect(ofKind(objects, "secrets").some((secret) => secret.metadata.namespace === "kube-system")).toBe(true);
    });
  });

  it("lets every Service with a selector find pods of its namespace, unless its workload is idle", () => {
    everyCluster((objects) => {
      const pods = ofKind(objects, "pods");
      for (const service of ofKind(objects, "services")) {
        const selector = Object.entries(record(record(service["spec"])["selector"]));
        if (selector.length === 0) continue;
        const selected = pods.filter(
          (pod) =>
            pod.metadata.namespace === service.metadata.namespace &&
            selector.every(([key, value]) => pod.metadata.labels?.[key] === value),
        );
        expect(selected.length, service.metadata.name).toBeGreaterThan(0);
      }
    });
  });

  it("points every Ingress and Route at a Service that exists, by a port that it has", () => {
    everyCluster((objects) => {
      const services = new Map(ofKind(objects, "services").map((one) => [`${one.metadata.namespace}/${one.metadata.name}`, one]));
      for (const ingress of ofKind(objects, "ingresses.networking.k8s.io")) {
        for (const rule of array(record(ingress["spec"])["rules"])) {
          for (const path of array(record(record(rule)["http"])["paths"])) {
            const backend = record(record(record(path)["backend"])["service"]);
            const service = services.get(`${ingress.metadata.namespace}/${text(backend["name"])}`);
            const ports = array(record(service?.["spec"])["ports"]).map(record);
            const { name, number } = record(backend["port"]);
            expect(ports.some((port) => port["name"] === name || port["port"] === number)).toBe(true);
          }
        }
      }
      for (const route of ofKind(objects, "routes.route.openshift.io")) {
        const { name } = record(record(route["spec"])["to"]);
        expect(services.has(`${route.metadata.namespace}/${text(name)}`)).toBe(true);
      }
    });
  });

  it("has as many pods and nodes as were asked for, where that leaves room for the control plane", () => {
    everyCluster((objects, { pods = 0, nodes = 0 }) => {
      expect(ofKind(objects, "nodes").length).toBe(nodes);
      if (pods >= 80) expect(ofKind(objects, "pods").length).toBe(pods);
      else expect(ofKind(objects, "pods").length).toBeGreaterThanOrEqual(pods);
    });
  });

  it("gives the standard cluster this many objects", () => {
    const counts: Record<string, number> = {};
    for (const { resource } of generateCluster({ seed: 1 })) counts[resource] = (counts[resource] ?? 0) + 1;
    expect(counts).toMatchInlineSnapshot(`
      {
        "clusterrolebindings.rbac.authorization.k8s.io": 2,
        "clusterroles.rbac.authorization.k8s.io": 2,
        "configmaps": 93,
        "controllerrevisions.apps": 11,
        "cronjobs.batch": 1,
        "daemonsets.apps": 3,
        "deployments.apps": 66,
        "endpoints": 65,
        "endpointslices.discovery.k8s.io": 65,
        "events": 60,
        "ingressclasses.networking.k8s.io": 1,
        "ingresses.networking.k8s.io": 17,
        "jobs.batch": 3,
        "leases.coordination.k8s.io": 6,
        "limitranges": 1,
        "namespaces": 12,
        "nodes": 6,
        "persistentvolumeclaims": 33,
        "persistentvolumes": 33,
        "poddisruptionbudgets.policy": 1,
        "pods": 560,
        "priorityclasses.scheduling.k8s.io": 2,
        "replicasets.apps": 174,
        "replicationcontrollers": 1,
        "resourcequotas": 1,
        "secrets": 32,
        "serviceaccounts": 15,
        "services": 67,
        "statefulsets.apps": 8,
        "storageclasses.storage.k8s.io": 1,
      }
    `);
  });

  it("makes pods of real size", () => {
    const sizes = ofKind(generateCluster({ seed: 1 }), "pods").map((pod) => JSON.stringify(pod).length);
    expect(Math.min(...sizes)).toBeGreaterThan(4000);
    expect(Math.max(...sizes)).toBeLessThan(11_000);
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(8000);
  });

  it.each([
    [{ nodes: 0 }, "nodes is 0"],
    [{ pods: 2.5 }, "pods is 2.5"],
    [{ nodes: Number.NaN }, "nodes is NaN"],
    [{ pods: 1e9 }, "pods is 1000000000"],
  ])("refuses %o", (options, message) => {
    expect(() => generateCluster({ seed: 1, ...options })).toThrow(message);
  });
});
