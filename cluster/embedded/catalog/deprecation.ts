import { apiVersionOf } from "./resources.ts";
import type { KubernetesRelease } from "./types.ts";

/** Kinds whose old form 1.20 warned of: where it was removed, and what replaces it. */
const REMOVED: Readonly<Record<string, readonly [deprecated: string, removed: string, replacement: string]>> = {
  "extensions/v1beta1 Ingress": ["1.14", "1.22", "networking.k8s.io/v1 Ingress"],
  "networking.k8s.io/v1beta1 Ingress": ["1.19", "1.22", "networking.k8s.io/v1 Ingress"],
  "networking.k8s.io/v1beta1 IngressClass": ["1.19", "1.22", "networking.k8s.io/v1 IngressClass"],
  "apiextensions.k8s.io/v1beta1 CustomResourceDefinition": ["1.16", "1.22", "apiextensions.k8s.io/v1 CustomResourceDefinition"],
};

/**
 * Text of the `Warning: 299 - "…"` header that a list, watch or get of a deprecated version answers with;
 * undefined where the server says nothing.
 */
export function deprecationWarning(release: KubernetesRelease, group: string, version: string, kind: string): string | undefined {
  if (release.id !== "1.20") return undefined;
  const name = `${apiVersionOf(group, version)} ${kind}`;
  const found = REMOVED[name];
  if (found === undefined) return undefined;
  const [deprecated, removed, replacement] = found;
  return `${name} is deprecated in v${deprecated}+, unavailable in v${removed}+; use ${replacement}`;
}
