import type { KubeObject, ResourceDefinition } from "../embedded/catalog/index.ts";

/** The CustomResourceDefinition by which a server serves what another one has built in: any object is valid. */
export function definitionOf({ group, versions, plural, singular, kind, listKind, ...rest }: ResourceDefinition): KubeObject {
  const { shortNames, categories, namespaced, subresources, storageVersion } = rest;
  const hasStatus = subresources.some(({ name }) => name === "status");
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { plural, singular, kind, listKind, shortNames, categories },
      scope: namespaced ? "Namespaced" : "Cluster",
      versions: versions.map((name) => ({
        name,
        served: true,
        storage: name === storageVersion,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        ...(hasStatus ? { subresources: { status: {} } } : {}),
      })),
    },
  };
}
