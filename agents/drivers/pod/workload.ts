import type { KubeObject } from "./api.ts";

/** How pods of a workload are made to go and to come: two merge patches. */
export interface PowerPatches {
  readonly off: KubeObject;
  readonly on: KubeObject;
}

/** A node label that no node has. */
const NOWHERE = "deepflow-conformance.io/nowhere";

/** The fields of a workload that are read here. */
interface WorkloadSpec {
  readonly replicas?: number;
  readonly parallelism?: number;
  readonly template?: KubeObject;
}

/** How a workload's pods are started and stopped; undefined for objects that have none, and for bare Pods. */
export function powerPatches(object: KubeObject): PowerPatches | undefined {
  const spec = (object["spec"] ?? {}) as WorkloadSpec;
  switch (object.kind) {
    case "Deployment":
    case "StatefulSet":
    case "ReplicaSet":
    case "ReplicationController":
      return { off: { spec: { replicas: 0 } }, on: { spec: { replicas: spec.replicas ?? 1 } } };
    case "Job":
      return { off: { spec: { parallelism: 0 } }, on: { spec: { parallelism: spec.parallelism ?? 1 } } };
    case "DaemonSet":
      return {
        off: { spec: { template: { spec: { nodeSelector: { [NOWHERE]: "true" } } } } },
        on: { spec: { template: { spec: { nodeSelector: { [NOWHERE]: null } } } } },
      };
    default:
      return undefined;
  }
}

/** The object as it is created: with no pods yet. */
export function switchedOff(object: KubeObject): KubeObject {
  const patches = powerPatches(object);
  return patches === undefined ? object : (merged(object, patches.off) as KubeObject);
}

/** The template of a workload's pods; of a Pod itself. */
export function podTemplateOf(object: KubeObject): KubeObject | undefined {
  if (object.kind === "Pod") return object;
  return powerPatches(object) === undefined ? undefined : (object["spec"] as WorkloadSpec | undefined)?.template;
}

/** The object with another template. */
export function withPodTemplate(object: KubeObject, template: KubeObject): KubeObject {
  if (object.kind === "Pod") return template;
  return { ...object, spec: { ...(object["spec"] as object), template } };
}

/** Only objects and values; what the patches here need of RFC 7396. */
function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null) return patch;
  const base = typeof target === "object" && target !== null ? target : {};
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) result[key] = merged(result[key], value);
  return result;
}
