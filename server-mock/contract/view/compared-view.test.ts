import { describe, expect, it } from "vitest";
import type { KubeObject } from "../json.ts";
import { findTarget } from "../targets/registry.ts";
import { uploadableResources } from "../kinds/type-names.ts";
import { comparedView, differingFields } from "./compared-view.ts";

const metadata = { uid: "u", name: "n", namespace: "ns" };

/** A resource, an object as the API gives it, and an upload of it that must compare equal. */
const equal: readonly [name: string, resource: string, api: KubeObject, upload: KubeObject][] = [
  [
    "a pod, trimmed as the real agent trims",
    "pods",
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        ...metadata,
        labels: { b: "2", a: "1" },
        annotations: { x: "y" },
        resourceVersion: "9",
        managedFields: [{}],
        ownerReferences: [{ kind: "ReplicaSet", uid: "rs", name: "web" }],
      },
      spec: { nodeName: "n1" },
      status: {
        phase: "Running",
        hostIP: "10.0.0.1",
        podIP: "10.1.0.1",
        conditions: [
          { type: "Initialized", status: "True" },
          { type: "Ready", status: "True", lastTransitionTime: "t" },
        ],
        containerStatuses: [{ containerID: "containerd://b" }, { containerID: "containerd://a" }, { name: "waiting" }],
      },
    },
    {
      metadata: { ...metadata, labels: { a: "1", b: "2" }, ownerReferences: [{ kind: "ReplicaSet", uid: "rs" }] },
      status: {
        hostIP: "10.0.0.1",
        podIP: "10.1.0.1",
        conditions: [{ type: "Ready", status: "True" }],
        containerStatuses: [{ containerID: "a" }, { containerID: "b" }],
      },
    },
  ],
  [
    "a pod that has nothing yet",
    "pods",
    { metadata, status: { phase: "Pending" } },
    { metadata: { ...metadata, labels: {}, ownerReferences: [] }, status: { podIP: "", hostIP: "" } },
  ],
  [
    "a node",
    "nodes",
    {
      metadata: { uid: "u", name: "n", labels: { zone: "a" } },
      spec: { podCIDR: "10.1.0.0/24", podCIDRs: ["10.1.0.0/24"] },
      status: {
        addresses: [
          { type: "Hostname", address: "n" },
          { type: "InternalIP", address: "10.0.0.1" },
          { type: "InternalIP", address: "fd00::1" },
        ],
        conditions: [{ type: "Ready", reason: "KubeletReady", status: "True", lastHeartbeatTime: "t" }],
      },
    },
    {
      metadata: { uid: "u", name: "n" },
      spec: { podCIDR: "10.1.0.0/24" },
      status: {
        addresses: [{ type: "InternalIP", address: "10.0.0.1" }],
        conditions: [{ reason: "KubeletReady", status: "True" }],
      },
    },
  ],
  [
    "a deployment without its template",
    "deployments.apps",
    { metadata, spec: { replicas: 3, template: {} } },
    { metadata, spec: { replicas: 3 } },
  ],
  [
    "a replication controller without labels",
    "replicationcontrollers",
    { metadata: { ...metadata, labels: { a: "1" } }, spec: { replicas: 3 } },
    { metadata, spec: { replicas: 3 } },
  ],
  [
    "a service, with the API's defaults left out",
    "services",
    {
      metadata,
      spec: {
        clusterIP: "None",
        type: "ClusterIP",
        selector: { a: "1" },
        ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
      },
    },
    { metadata, spec: { type: "ClusterIP", selector: { a: "1" }, ports: [{ port: 80, name: "", nodePort: 0 }] } },
  ],
  [
    "a service of typed clients, which write zeros and empty strings out",
    "services",
    { metadata, spec: { type: "ClusterIP", clusterIP: "10.0.0.9", ports: [{ port: 80, protocol: "TCP" }] } },
    {
      metadata,
      spec: {
        type: "ClusterIP",
        clusterIP: "10.0.0.9",
        ports: [{ name: "", port: 80, protocol: "", nodePort: 0, targetPort: 0 }],
      },
    },
  ],
  [
    "an ingress of typed clients, which write zeros and empty strings out",
    "ingresses.networking.k8s.io",
    {
      metadata,
      spec: {
        rules: [{ host: "h", http: { paths: [{ path: "/", backend: { service: { name: "s", port: { number: 80 } } } }] } }],
      },
    },
    {
      metadata,
      spec: {
        rules: [
          { host: "h", http: { paths: [{ path: "/", backend: { service: { name: "s", port: { name: "", number: 80 } } } }] } },
        ],
      },
    },
  ],
  [
    "an ingress in its v1 and v1beta1 forms",
    "ingresses.networking.k8s.io",
    {
      metadata,
      spec: {
        rules: [
          {
            host: "h",
            http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "s", port: { number: 80 } } } }] },
          },
        ],
      },
    },
    {
      metadata,
      spec: { rules: [{ host: "h", http: { paths: [{ path: "/", backend: { serviceName: "s", servicePort: 80 } }] } }] },
    },
  ],
  ["an unknown resource by identity", "widgets.example.com", { metadata, spec: { a: 1 } }, { metadata }],
];

const different: readonly [name: string, resource: string, left: KubeObject, right: KubeObject, fields: readonly string[]][] = [
  [
    "a pod's label",
    "pods",
    { metadata: { ...metadata, labels: { a: "1" } } },
    { metadata: { ...metadata, labels: { a: "2" } } },
    ["metadata.labels"],
  ],
  ["a pod's address", "pods", { metadata, status: { podIP: "10.1.0.1" } }, { metadata, status: {} }, ["status.podIP"]],
  [
    "a pod's readiness",
    "pods",
    { metadata, status: { conditions: [{ type: "Ready", status: "True" }] } },
    { metadata, status: { conditions: [{ type: "Ready", status: "False" }] } },
    ["status.conditions[Ready]"],
  ],
  [
    "a pod's owner",
    "pods",
    { metadata: { ...metadata, ownerReferences: [{ kind: "ReplicaSet", uid: "a" }] } },
    { metadata: { ...metadata, ownerReferences: { kind: "ReplicaSet", uid: "a" } } },
    ["metadata.ownerReferences[0].kind", "metadata.ownerReferences[0].uid"],
  ],
  [
    "a pod's container",
    "pods",
    { metadata, status: { containerStatuses: [{ containerID: "docker://a" }] } },
    { metadata, status: { containerStatuses: [] } },
    ["status.containerStatuses[].containerID"],
  ],
  [
    "a node that is not ready",
    "nodes",
    { metadata, status: { conditions: [{ reason: "KubeletReady", status: "True" }] } },
    { metadata, status: { conditions: [{ reason: "KubeletNotReady", status: "False" }] } },
    ["status.conditions[KubeletReady]"],
  ],
  [
    "replicas as a string",
    "deployments.apps",
    { metadata, spec: { replicas: 3 } },
    { metadata, spec: { replicas: "3" } },
    ["spec.replicas"],
  ],
  [
    "a replica set's owner",
    "replicasets.apps",
    { metadata: { ...metadata, ownerReferences: [{ uid: "a" }] } },
    { metadata },
    ["metadata.ownerReferences[0].uid"],
  ],
  [
    "a service's port",
    "services",
    { metadata, spec: { ports: [{ port: 80 }] } },
    { metadata, spec: { ports: [{ port: 81 }] } },
    ["spec.ports"],
  ],
  [
    "an ingress host",
    "ingresses.extensions",
    { metadata, spec: { rules: [{ host: "a" }] } },
    { metadata, spec: { rules: [{ host: "b" }] } },
    ["spec.rules"],
  ],
  [
    "a route's host",
    "routes.route.openshift.io",
    { metadata, spec: { host: "a" } },
    { metadata, spec: { host: "b" } },
    ["spec.host"],
  ],
  ["a config map's data", "configmaps", { metadata, data: { a: "1" } }, { metadata, data: { a: "1", b: "2" } }, ["data"]],
  [
    "a namespace's name",
    "namespaces",
    { metadata: { uid: "u", name: "a" } },
    { metadata: { uid: "u", name: "b" } },
    ["metadata.name"],
  ],
  [
    "the label __proto__",
    "pods",
    { metadata: { ...metadata, labels: JSON.parse('{"__proto__":"x"}') as unknown } },
    { metadata },
    ["metadata.labels"],
  ],
];

describe("comparedView", () => {
  it.each(equal)("is equal for %s", (_name, resource, api, upload) => {
    expect(comparedView(resource, upload)).toBe(comparedView(resource, api));
  });

  it.each(different)("tells apart %s", (_name, resource, left, right, fields) => {
    expect(differingFields(comparedView(resource, left), comparedView(resource, right))).toEqual(fields);
  });

  it("changes with the replicas of every workload, and the uid of everything", () => {
    const v71 = findTarget("v7.1");
    for (const resource of v71 ? uploadableResources(v71) : []) {
      expect(comparedView(resource, { metadata: { uid: "a" } })).not.toBe(comparedView(resource, { metadata: { uid: "b" } }));
      if (!/sets?(pluses)?\.|deployments|controllers|clusters/.test(resource)) continue;
      expect(comparedView(resource, { spec: { replicas: 1 } }), resource).not.toBe(
        comparedView(resource, { spec: { replicas: 2 } }),
      );
    }
  });

  it("takes objects of any shape without following their nesting", () => {
    let deep: unknown = "x";
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    const hostile = {
      metadata: { labels: { a: deep }, uid: deep },
      spec: { rules: deep, ports: [deep], selector: deep },
      status: deep,
      data: deep,
    };
    for (const resource of ["pods", "services", "configmaps", "ingresses.extensions", "nodes"]) {
      expect(comparedView(resource, hostile)).toContain('"metadata.uid":"<array>"');
    }
  });
});
