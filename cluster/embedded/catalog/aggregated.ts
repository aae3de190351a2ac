import { groupsOf } from "./discovery.ts";
import type { KubernetesRelease, ResourceDefinition, SubresourceDefinition } from "./types.ts";

/**
 * Body of `GET /api` or `GET /apis` where the client accepts aggregated discovery; the content type is
 * `application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList`.
 * @returns undefined where the release does not know that version: the server then answers in the plain form
 */
export function aggregatedDiscovery(
  release: KubernetesRelease,
  resources: readonly ResourceDefinition[],
  root: "/api" | "/apis",
  version: string,
): object | undefined {
  if (!release.features.aggregatedDiscoveryVersions.includes(version)) return undefined;
  const items = [...groupsOf(resources)]
    .filter(([name]) => (name === "") === (root === "/api"))
    .map(([name, versions]) => ({
      metadata: name === "" ? { creationTimestamp: null } : { name, creationTimestamp: null },
      versions: versions.map((served) => ({
        version: served,
        resources: resources
          .filter((definition) => definition.group === name && definition.versions.includes(served))
          .map((definition) => resourceEntry(definition, served)),
        freshness: "Current",
      })),
    }));
  return { kind: "APIGroupDiscoveryList", apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items };
}

function resourceEntry(definition: ResourceDefinition, version: string): object {
  const subresources = definition.subresources.filter((subresource) => subresource.servedIn?.includes(version) ?? true);
  return {
    resource: definition.plural,
    responseKind: { group: definition.group, version, kind: definition.kind },
    scope: definition.namespaced ? "Namespaced" : "Cluster",
    singularResource: definition.singular,
    verbs: definition.verbs,
    ...(definition.shortNames.length === 0 ? {} : { shortNames: definition.shortNames }),
    ...(definition.categories.length === 0 ? {} : { categories: definition.categories }),
    ...(subresources.length === 0 ? {} : { subresources: subresources.map((one) => subresourceEntry(definition, one, version)) }),
  };
}

function subresourceEntry(definition: ResourceDefinition, subresource: SubresourceDefinition, version: string): object {
  return {
    subresource: subresource.name,
    responseKind: {
      group: subresource.group ?? definition.group,
      version: subresource.version ?? version,
      kind: subresource.kind,
    },
    verbs: subresource.verbs,
  };
}
