import { isObject, type KubeObject } from "../kubernetes/objects.ts";
import type { ApiResource } from "../kubernetes/resources.ts";

/** Names the rule by which a resource is trimmed. */
export type TrimName = keyof typeof trims;

type Fields = Readonly<Record<string, unknown>>;

/**
 * What is kept of an object: what the server reads (protocol.md 4.2), much as the real agent trims (5.3). Left out
 * above all are `managedFields` and `generateName` (4.4, 4.5), and whatever changes without meaning, such as a Node's
 * heartbeat times. `apiVersion` and `kind` are filled in, since items of a list come without and watch events with.
 */
export function trimObject(object: KubeObject, resource: ApiResource): KubeObject {
  return { apiVersion: resource.apiVersion, kind: resource.kind, ...trims[resource.trim](object) };
}

const trims = {
  node: (node: KubeObject) => ({
    metadata: pick(node.metadata, "uid", "name", "labels"),
    spec: pick(node["spec"], "podCIDR"),
    status: {
      addresses: field(node["status"], "addresses"),
      conditions: pickEach(field(node["status"], "conditions"), "type", "reason", "status"),
      capacity: field(node["status"], "capacity"),
    },
  }),
  namespace: (namespace: KubeObject) => ({ metadata: pick(namespace.metadata, "uid", "name") }),
  configMap: (configMap: KubeObject) => ({
    metadata: pick(configMap.metadata, "uid", "name", "namespace", "creationTimestamp"),
    data: configMap["data"],
  }),
  workload: (workload: KubeObject) => ({ metadata: metadataOf(workload), spec: workload["spec"] }),
  // The template is not in the real agent's upload; the server reads it where a ReplicaSet stands for itself.
  replicaSet: (replicaSet: KubeObject) => ({
    metadata: pick(replicaSet.metadata, "uid", "name", "namespace", "ownerReferences", "labels"),
    spec: pick(replicaSet["spec"], "replicas", "selector", "template"),
  }),
  pod: (pod: KubeObject) => ({
    metadata: pick(pod.metadata, "uid", "name", "namespace", "ownerReferences", "creationTimestamp", "labels", "annotations"),
    spec: {
      ...pick(pod["spec"], "nodeName", "hostNetwork"),
      containers: pickEach(field(pod["spec"], "containers"), "name", "env"),
    },
    status: {
      ...pick(pod["status"], "hostIP", "podIP", "conditions"),
      containerStatuses: pickEach(field(pod["status"], "containerStatuses"), "containerID"),
    },
  }),
  service: (service: KubeObject) => ({
    metadata: metadataOf(service),
    spec: service["spec"],
    status: pick(service["status"], "loadBalancer"),
  }),
  ingress: (ingress: KubeObject) => ({ metadata: pick(ingress.metadata, "uid", "name", "namespace"), spec: ingress["spec"] }),
} satisfies Record<string, (object: KubeObject) => Fields>;

function metadataOf(object: KubeObject): Fields {
  const { managedFields: _, generateName: __, ...metadata } = object.metadata ?? {};
  return metadata;
}

function field(section: unknown, name: string): unknown {
  return isObject(section) ? section[name] : undefined;
}

function pick(section: unknown, ...names: readonly string[]): Fields {
  if (!isObject(section)) return {};
  return Object.fromEntries(names.filter((name) => section[name] !== undefined).map((name) => [name, section[name]]));
}

function pickEach(list: unknown, ...names: readonly string[]): unknown {
  return Array.isArray(list) ? list.map((item) => pick(item, ...names)) : undefined;
}
