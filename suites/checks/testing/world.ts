import type { KubeObject } from "../../history/types.ts";

/** An object of the little cluster of the tests, with the resource it belongs to. */
export interface Placed {
  readonly resource: string;
  readonly object: KubeObject;
}

const MANAGED = [{ manager: "kubelet", operation: "Update", fieldsV1: {} }];

/** A name, a uid made from it, and what every API server adds. */
export function meta(resource: string, namespace: string | undefined, name: string, rest: KubeObject = {}): KubeObject {
  const uid = `uid-${resource}-${namespace ?? ""}-${name}`;
  return { uid, name, ...(namespace === undefined ? {} : { namespace }), managedFields: MANAGED, ...rest };
}

function node(index: number): Placed {
  return {
    resource: "nodes",
    object: {
      metadata: meta("nodes", undefined, `node-${index}`),
      spec: { podCIDR: `10.244.${index}.0/24` },
      status: {
        addresses: [{ type: "InternalIP", address: `192.0.2.${index}` }],
        conditions: [{ type: "Ready", reason: "KubeletReady", status: "True" }],
      },
    },
  };
}

export function namespace(name: string): Placed {
  return { resource: "namespaces", object: { metadata: meta("namespaces", undefined, name) } };
}

/** Deployment, ReplicaSet, StatefulSet or ReplicationController. */
export function workload(kind: string, ns: string, name: string, owner?: Placed, replicas = 2): Placed {
  const resource = kind === "ReplicationController" ? "replicationcontrollers" : `${kind.toLowerCase()}s.apps`;
  return {
    resource,
    object: {
      kind,
      metadata: meta(resource, ns, name, { labels: { app: name }, ...owned(owner) }),
      spec: { replicas, template: { metadata: { labels: { app: name } } } },
    },
  };
}

export function pod(ns: string, name: string, owner: Placed, index: number): Placed {
  const generateName = name.slice(0, name.lastIndexOf("-") + 1);
  return {
    resource: "pods",
    object: {
      kind: "Pod",
      metadata: meta("pods", ns, name, { generateName, labels: { app: ns }, ...owned(owner) }),
      status: { hostIP: "192.0.2.1", podIP: `10.244.1.${index}`, conditions: [{ type: "Ready", status: "True" }] },
    },
  };
}

function owned(owner: Placed | undefined): KubeObject {
  if (!owner) return {};
  const metadata = owner.object["metadata"] as KubeObject;
  return { ownerReferences: [{ kind: owner.object["kind"], name: metadata["name"], uid: metadata["uid"], controller: true }] };
}

const web = workload("Deployment", "shop", "web");
const webSet = workload("ReplicaSet", "shop", "web-7d4b9c6f5", web);
const controller = workload("ReplicationController", "ops", "legacy", undefined, 1);
const ledger = workload("StatefulSet", "ops", "ledger", undefined, 1);

/** What the cluster is filled with: everything that the core scenarios need, once. */
export const filling: readonly Placed[] = [
  node(1),
  node(2),
  namespace("shop"),
  namespace("ops"),
  web,
  webSet,
  // The two rests after a trim by generateName are the same.
  pod("shop", "web-7d4b9c6f5-d5x7k", webSet, 10),
  pod("shop", "web-7d4b9c6f5-c6x7k", webSet, 11),
  controller,
  pod("ops", "legacy-4kd8z", controller, 12),
  ledger,
  pod("ops", "ledger-0", ledger, 13),
  { resource: "ingresses.networking.k8s.io", object: { metadata: meta("ingresses", "shop", "front"), spec: { rules: [] } } },
  { resource: "ingresses.networking.k8s.io", object: { metadata: meta("ingresses", "shop", "back"), spec: { rules: [] } } },
  { resource: "configmaps", object: { metadata: meta("configmaps", "ops", "settings"), data: { a: "1" } } },
];

/** What an agent uploads each resource as. */
export const typeNames: Readonly<Record<string, string>> = {
  nodes: "*v1.Node",
  namespaces: "*v1.Namespace",
  "deployments.apps": "*v1.Deployment",
  "replicasets.apps": "*v1.ReplicaSet",
  "statefulsets.apps": "*v1.StatefulSet",
  replicationcontrollers: "*v1.ReplicationController",
  pods: "*v1.Pod",
  "ingresses.networking.k8s.io": "*v1.Ingress",
};

export const versionInfo: KubeObject = { major: "1", minor: "30", gitVersion: "v1.30.4" };
