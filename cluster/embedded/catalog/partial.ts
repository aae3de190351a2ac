import type { KubeObject } from "./types.ts";

/** An object's metadata alone, as `as=PartialObjectMetadata` asks for it (meta.k8s.io/v1). */
export function partialObjectMetadataOf(object: KubeObject, version: "v1" | "v1beta1" = "v1"): KubeObject {
  return { kind: "PartialObjectMetadata", apiVersion: `meta.k8s.io/${version}`, metadata: object.metadata };
}
