import type { Target } from "../targets/types.ts";

/**
 * The ingress type names that occur among these type names, in the order in which the target prefers them. It reads
 * the first alone and ignores all objects under the others, so more than one is a loss. Empty on a target that reads
 * them side by side. Source: protocol.md 4.2.
 */
export function ingressFlavours(target: Target, typeNames: Iterable<string>): readonly string[] {
  const given = new Set(typeNames);
  return target.exclusiveTypes.filter((name) => given.has(name));
}
