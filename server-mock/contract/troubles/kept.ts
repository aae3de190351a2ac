import { arrayAt, at, isObject, type KubeObject, stringAt } from "../json.ts";
import type { Target } from "../targets/types.ts";
import { internalIpOf } from "../view/normal-forms.ts";
import type { UploadedObject } from "./types.ts";

/** Which objects of a snapshot the target keeps, as far as the conditions of protocol.md 4.1 ask for it. */
export interface Keeping {
  /** Kept namespaces by name. */
  readonly namespaces: ReadonlyMap<string, KubeObject>;
  keepsNode(node: KubeObject): boolean;
  keepsPod(pod: KubeObject): boolean;
  keepsService(service: KubeObject): boolean;
}

const WORKLOAD_TYPES = new Set([
  "*v1.Deployment",
  "*v1.StatefulSet",
  "*v1.DaemonSet",
  "*v1.CloneSet",
  "*v1.OpenGaussCluster",
  "*v1.ReplicationController",
]);

/** Reads a snapshot once and answers what of it the target keeps. Source: protocol.md 4.2, 4.3. */
export function keepingOf(target: Target, objects: Iterable<UploadedObject>): Keeping {
  const all = [...objects];
  const namespaces = new Map<string, KubeObject>();
  for (const { type, object } of all) {
    if (type === "*v1.Namespace" && isNamed(object)) namespaces.set(stringAt(object, "metadata", "name"), object);
  }
  const owners = new Set<string>();
  const labelsByNamespace = new Map<string, KubeObject[]>();
  for (const { type, object } of all) {
    const workload = WORKLOAD_TYPES.has(type);
    if (!workload && type !== "*v1.ReplicaSet") continue;
    if (!isPlaced(object, namespaces) || (!workload && !isActiveReplicaSet(object))) continue;
    owners.add(stringAt(object, "metadata", "uid"));
    const namespace = stringAt(object, "metadata", "namespace");
    const workloads = labelsByNamespace.get(namespace);
    if (workloads) workloads.push(object);
    else labelsByNamespace.set(namespace, [object]);
  }
  return {
    namespaces,
    keepsNode: (node) => isNamed(node) && internalIpOf(node) !== "",
    keepsPod(pod) {
      const owner = arrayAt(pod, "metadata", "ownerReferences")[0];
      const [kind, uid] = [stringAt(owner, "kind"), stringAt(owner, "uid")];
      if (!isPlaced(pod, namespaces) || uid === "" || !target.ownerKinds.includes(kind)) return false;
      return owners.has(uid) || target.inventedOwnerKinds.includes(kind);
    },
    keepsService(service) {
      const selector = at(service, "spec", "selector");
      if (!isPlaced(service, namespaces) || !target.serviceTypes.includes(stringAt(service, "spec", "type"))) return false;
      const pairs = isObject(selector) ? Object.entries(selector) : [];
      const candidates = labelsByNamespace.get(stringAt(service, "metadata", "namespace")) ?? [];
      return pairs.length > 0 && candidates.some((workload) => pairs.every(([key, value]) => hasLabel(workload, key, value)));
    },
  };
}

function isNamed(object: KubeObject): boolean {
  return stringAt(object, "metadata", "uid") !== "" && stringAt(object, "metadata", "name") !== "";
}

function isPlaced(object: KubeObject, namespaces: ReadonlyMap<string, KubeObject>): boolean {
  return isNamed(object) && namespaces.has(stringAt(object, "metadata", "namespace"));
}

/** A ReplicaSet without replicas, or without an owner, is dropped, and its pods with it. */
function isActiveReplicaSet(set: KubeObject): boolean {
  const replicas = at(set, "spec", "replicas");
  const owner = arrayAt(set, "metadata", "ownerReferences")[0];
  return typeof replicas === "number" && replicas !== 0 && stringAt(owner, "uid") !== "";
}

function hasLabel(workload: KubeObject, key: string, value: unknown): boolean {
  return (
    at(workload, "metadata", "labels", key) === value || at(workload, "spec", "template", "metadata", "labels", key) === value
  );
}
