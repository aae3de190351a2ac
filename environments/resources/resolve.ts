import { isWithin, type AgentVersion } from "../agent-version.ts";
import type { ResourceEntry } from "../types.ts";
import { findResource, supportedResources, type ResourceHome, type SupportedResource } from "./supported.ts";

/** A resource that an agent list-watches, from the first of the groups that the API server offers. */
export interface WatchedResource {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What an agent watches under a list of entries. Source: protocol.md 6.3, rules 1 to 5. */
export function resolveResources(entries: readonly ResourceEntry[], agent: AgentVersion): WatchedResource[] {
  const named = new Set(entries.map(({ name }) => name));
  const defaults = supportedResources
    .filter((resource) => isDefault(resource, agent) && !named.has(resource.name))
    .map((resource) => ({ name: resource.name, groups: groupsOf(defaultHomes(resource)) }));
  const asked = entries.flatMap((entry) => {
    const homes = entry.disabled === true ? [] : homesFor(entry, agent);
    return homes.length === 0 ? [] : [{ name: entry.name, groups: groupsOf(homes) }];
  });
  return [...defaults, ...asked];
}

/** Whether an agent uploads a resource without being told. */
export function isDefault(resource: SupportedResource, agent: AgentVersion): boolean {
  return resource.byDefault !== undefined && isWithin(agent, resource.byDefault);
}

/** The homes that an entry names; none where the agent knows no such resource, and warns and passes over it. */
export function homesFor({ name, group, version }: ResourceEntry, agent: AgentVersion): readonly ResourceHome[] {
  const resource = findResource(name);
  if (resource === undefined) return [];
  const known = resource.homes.filter((home) => isWithin(agent, home.agents ?? {}));
  if (!group && !version) return defaultHomes({ ...resource, homes: known });
  return known.filter((home) => home.group === (group ?? "") && (!version || home.versions.includes(version)));
}

/** Whether an entry names what agents upload anyway, such as statefulsets of apps. */
export function isDefaultHome({ name, group }: ResourceEntry): boolean {
  const resource = findResource(name);
  return resource?.byDefault !== undefined && resource.homes[0]?.group === (group ?? "");
}

/** Other groups are other resources of the same name, not other homes of one; ingresses alone have moved. */
function defaultHomes(resource: SupportedResource): readonly ResourceHome[] {
  return resource.name === "ingresses" ? resource.homes : resource.homes.slice(0, 1);
}

function groupsOf(homes: readonly ResourceHome[]): string[] {
  return [...new Set(homes.map(({ group }) => group))];
}
