import { coreResources } from "./core.ts";
import { customResources } from "./custom.ts";
import { groupResources } from "./groups.ts";
import type { KubernetesRelease, ResourceDefinition } from "./types.ts";

/** Key of a resource as kubectl names it: `pods`, `deployments.apps`. */
export function resourceKey(definition: ResourceDefinition): string {
  return definition.group === "" ? definition.plural : `${definition.plural}.${definition.group}`;
}

/** `group/version` as it stands in apiVersion: `v1`, `apps/v1`. */
export function apiVersionOf(group: string, version: string): string {
  return group === "" ? version : `${group}/${version}`;
}

/**
 * Everything that a server of the release serves, in the order of discovery: core, built-in groups, custom ones.
 * @param features declared features; those that bring no resource (`ha`, `no-watch`, …) are of no effect here
 */
export function resourcesOf(release: KubernetesRelease, features: readonly string[]): readonly ResourceDefinition[] {
  const custom = customResources.filter(
    (definition) => definition.feature !== undefined && features.includes(definition.feature),
  );
  return [...coreResources(release), ...groupResources(release), ...custom];
}

/** The resource served at `/apis/{group}/{version}/{plural}` (or `/api/{version}/{plural}`); undefined if none is. */
export function findResource(
  resources: readonly ResourceDefinition[],
  group: string,
  version: string,
  plural: string,
): ResourceDefinition | undefined {
  return resources.find(
    (definition) => definition.group === group && definition.plural === plural && definition.versions.includes(version),
  );
}
