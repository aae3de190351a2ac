import type { KubeObject } from "../../embedded/catalog/index.ts";

/** Where no node has one, the nodes have to fetch it. */
const PUBLIC = "registry.k8s.io/pause:3.9";

interface NodeImage {
  readonly names?: readonly string[];
}

/** The image of a container that does nothing: one that every node has already, since the kubelet needs it for its pods. */
export function pauseImageOf(nodes: readonly KubeObject[]): string {
  const onEach = nodes.map((node) => {
    const { images } = (node["status"] ?? {}) as { readonly images?: readonly NodeImage[] };
    return new Set((images ?? []).flatMap(({ names }) => names ?? []).filter((name) => /(^|\/)pause(-\w+)?:[\w.-]+$/.test(name)));
  });
  const [first = new Set<string>(), ...others] = onEach;
  return [...first].find((name) => others.every((names) => names.has(name))) ?? PUBLIC;
}
