import { at, type KubeObject } from "../json.ts";

/**
 * Whether an agent may leave an object out though it uploads its kind: a ReplicaSet that wants no replicas, which every
 * server line drops and which has no pods to be resolved. Source: protocol.md 4.2, 9 (O12).
 */
export function mayBeOmitted(resource: string, object: KubeObject): boolean {
  return resource === "replicasets.apps" && at(object, "spec", "replicas") === 0;
}
