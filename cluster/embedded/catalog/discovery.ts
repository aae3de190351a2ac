import { createHash } from "node:crypto";
import { apiVersionOf } from "./resources.ts";
import type { KubernetesRelease, ResourceDefinition, SubresourceDefinition } from "./types.ts";

/** One API group as `/apis` shows it. */
interface ApiGroup {
  readonly name: string;
  readonly versions: readonly { readonly groupVersion: string; readonly version: string }[];
  readonly preferredVersion: { readonly groupVersion: string; readonly version: string };
}

/** Groups in order of discovery with their versions, preferred first. The core group, "", is the first. */
export function groupsOf(resources: readonly ResourceDefinition[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { group, versions } of resources) {
    const seen = groups.get(group) ?? [];
    groups.set(group, seen);
    for (const version of versions) if (!seen.includes(version)) seen.push(version);
  }
  // A group's versions come from several resources: stable ones lead, otherwise as they were met.
  for (const versions of groups.values()) versions.sort((a, b) => Number(isUnstable(a)) - Number(isUnstable(b)));
  return groups;
}

function isUnstable(version: string): boolean {
  return /alpha|beta/.test(version);
}

/**
 * Body of `GET /api`.
 * @param serverAddress host:port that clients of any address reach the server by
 */
export function coreVersions(serverAddress: string): object {
  return {
    kind: "APIVersions",
    versions: ["v1"],
    serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress }],
  };
}

/** Body of `GET /apis`. */
export function groupList(resources: readonly ResourceDefinition[]): object {
  const groups = [...groupsOf(resources)].filter(([name]) => name !== "").map(([name, versions]) => apiGroup(name, versions));
  return { kind: "APIGroupList", apiVersion: "v1", groups };
}

/** Body of `GET /apis/{group}`; undefined where the server answers 404. */
export function group(resources: readonly ResourceDefinition[], name: string): object | undefined {
  const versions = name === "" ? undefined : groupsOf(resources).get(name);
  return versions === undefined ? undefined : { kind: "APIGroup", apiVersion: "v1", ...apiGroup(name, versions) };
}

function apiGroup(name: string, versions: readonly string[]): ApiGroup {
  const entries = versions.map((version) => ({ groupVersion: apiVersionOf(name, version), version }));
  const preferredVersion = entries[0];
  if (preferredVersion === undefined) throw new Error(`group ${name} has no version`);
  return { name, versions: entries, preferredVersion };
}

/** Body of `GET /api/v1` or `GET /apis/{group}/{version}`; undefined where the server answers 404. */
export function resourceList(
  release: KubernetesRelease,
  resources: readonly ResourceDefinition[],
  group: string,
  version: string,
): object | undefined {
  const served = resources.filter((definition) => definition.group === group && definition.versions.includes(version));
  if (served.length === 0) return undefined;
  const rows = served.flatMap((definition) => [
    resourceRow(release, definition),
    ...definition.subresources
      .filter((subresource) => subresource.servedIn?.includes(version) ?? true)
      .map((subresource) => subresourceRow(definition, subresource)),
  ]);
  return {
    kind: "APIResourceList",
    // The two groups from before there were versions of discovery leave apiVersion out, the others carry it.
    ...(group === "" || group === "extensions" ? {} : { apiVersion: "v1" }),
    groupVersion: apiVersionOf(group, version),
    resources: rows,
  };
}

function resourceRow(release: KubernetesRelease, definition: ResourceDefinition): object {
  return {
    name: definition.plural,
    singularName: release.features.singularNames || definition.custom ? definition.singular : "",
    namespaced: definition.namespaced,
    kind: definition.kind,
    verbs: definition.verbs,
    ...(definition.shortNames.length === 0 ? {} : { shortNames: definition.shortNames }),
    ...(definition.categories.length === 0 ? {} : { categories: definition.categories }),
    ...(definition.verbs.includes("watch") ? { storageVersionHash: storageVersionHash(definition) } : {}),
  };
}

function subresourceRow(definition: ResourceDefinition, subresource: SubresourceDefinition): object {
  return {
    name: `${definition.plural}/${subresource.name}`,
    singularName: "",
    namespaced: definition.namespaced,
    ...(subresource.group === undefined ? {} : { group: subresource.group }),
    ...(subresource.version === undefined ? {} : { version: subresource.version }),
    kind: subresource.kind,
    verbs: subresource.verbs,
  };
}

/** Eight bytes of SHA-256 over group/version/kind of the stored form, in base64, as the API server makes it. */
export function storageVersionHash(definition: ResourceDefinition): string {
  const dot = definition.storedAs?.indexOf(".") ?? -1;
  const group = definition.storedAs === undefined ? definition.group : dot < 0 ? "" : definition.storedAs.slice(dot + 1);
  const text = `${group}/${definition.storageVersion}/${definition.kind}`;
  return createHash("sha256").update(text).digest().subarray(0, 8).toString("base64");
}
