import { targets } from "../targets/registry.ts";
import type { Target } from "../targets/types.ts";

/** The entry that carries the API server's version; no resource of the cluster (protocol.md 4.1). */
export const VERSION_INFO_TYPE = "*version.Info";

/**
 * The type names under which a target reads a resource, the usual one first; empty where it reads no such resource.
 *
 * @param resource as kubectl names it: `pods`, `deployments.apps`
 */
export function typeNamesFor(target: Target, resource: string): readonly string[] {
  return target.consumed.find((consumed) => consumed.resource === resource)?.typeNames ?? [];
}

/** Every type name that the target reads, `*version.Info` included where it does. */
export function readTypeNames(target: Target): readonly string[] {
  const names = new Set(target.consumed.flatMap((consumed) => consumed.typeNames));
  if (target.versionInfo !== "ignored") names.add(VERSION_INFO_TYPE);
  // The target asks for an exclusive type by its own name, whatever resource it was made from.
  for (const name of target.exclusiveTypes) names.add(name);
  return [...names];
}

/** The type names that the document or any server line reads, and `*version.Info`. */
export const knownTypeNames: readonly string[] = [...new Set([...targets.flatMap(readTypeNames), VERSION_INFO_TYPE])];

/** The resources that the target reads, as kubectl names them. */
export function uploadableResources(target: Target): readonly string[] {
  return target.consumed.map((consumed) => consumed.resource);
}

const CLUSTER_SCOPED = new Set(["nodes", "namespaces"]);

/** Whether objects of a resource that some target reads lie in a namespace. */
export function isNamespaced(resource: string): boolean {
  return !CLUSTER_SCOPED.has(resource);
}

/** The owner kinds that the target accepts on a pod (protocol.md 4.3). */
export function ownerKindsOf(target: Target): readonly string[] {
  return target.ownerKinds;
}

/** Whether the target accepts a pod that is owned by this kind (protocol.md 4.3). */
export function supportsOwner(target: Target, kind: string): boolean {
  return target.ownerKinds.includes(kind);
}
