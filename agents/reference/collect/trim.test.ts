import { describe, expect, it } from "vitest";
import type { KubeObject } from "../kubernetes/objects.ts";
import { supportedResources, type ApiResource } from "../kubernetes/resources.ts";
import { trimObject } from "./trim.ts";

const metadata = {
  uid: "u",
  name: "n",
  namespace: "ns",
  resourceVersion: "1",
  generateName: "n-",
  managedFields: [{}],
  labels: { a: "b" },
  annotations: { c: "d" },
  creationTimestamp: "2025-01-01T00:00:00Z",
  ownerReferences: [{ kind: "X", uid: "o" }],
};

function trimmed(name: string, body: object): KubeObject {
  const { kind, type, trim } = supportedResources.find(
    (resource) => resource.name === name,
  ) as (typeof supportedResources)[number];
  const resource: ApiResource = { id: name, apiVersion: "v1", kind, path: "", type, trim };
  // through JSON, as it goes out: an undefined field is none
  return JSON.parse(JSON.stringify(trimObject({ metadata, ...body }, resource))) as KubeObject;
}

describe("trimObject", () => {
  it("keeps of a Node what does not beat", () => {
    const node = trimmed("nodes", {
      spec: { podCIDR: "10.0.0.0/24", taints: [] },
      status: {
        addresses: [{ type: "InternalIP", address: "1.2.3.4" }],
        capacity: { cpu: "4" },
        conditions: [{ type: "Ready", reason: "KubeletReady", status: "True", lastHeartbeatTime: "now" }],
        images: [{}],
      },
    });
    expect(node).toEqual({
      apiVersion: "v1",
      kind: "Node",
      metadata: { uid: "u", name: "n", labels: { a: "b" } },
      spec: { podCIDR: "10.0.0.0/24" },
      status: {
        addresses: [{ type: "InternalIP", address: "1.2.3.4" }],
        capacity: { cpu: "4" },
        conditions: [{ type: "Ready", reason: "KubeletReady", status: "True" }],
      },
    });
  });

  it("keeps of a Pod its owners and addresses, and not generateName", () => {
    const pod = trimmed("pods", {
      spec: { nodeName: "node", containers: [{ name: "c", image: "i", env: [{ name: "E" }] }], tolerations: [] },
      status: {
        hostIP: "1.1.1.1",
        podIP: "2.2.2.2",
        conditions: [{ type: "Ready" }],
        containerStatuses: [{ containerID: "x", ready: true }],
      },
    });
    const { resourceVersion: _, generateName: __, managedFields: ___, ...kept } = metadata;
    expect(pod).toEqual({
      apiVersion: "v1",
      kind: "Pod",
      metadata: kept,
      spec: { nodeName: "node", containers: [{ name: "c", env: [{ name: "E" }] }] },
      status: { hostIP: "1.1.1.1", podIP: "2.2.2.2", conditions: [{ type: "Ready" }], containerStatuses: [{ containerID: "x" }] },
    });
  });

  it.each(supportedResources.map(({ name }) => name))("%s: uid and name stay; managedFields and generateName go", (name) => {
    const object = trimmed(name, { spec: {}, status: {}, data: {} });
    expect(object.metadata).toMatchObject({ uid: "u", name: "n" });
    expect(object.metadata).not.toHaveProperty("managedFields");
    expect(object.metadata).not.toHaveProperty("generateName");
  });

  it("does not stumble over an object without spec, status or metadata", () => {
    for (const { name } of supportedResources) expect(() => trimmed(name, { metadata: undefined })).not.toThrow();
  });
});
