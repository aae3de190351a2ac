import type { CatalogFeature, ResourceDefinition, SubresourceDefinition } from "./types.ts";

/** Verbs of an ordinary stored resource, in the order in which discovery lists them. */
const ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"] as const;

/** Verbs without deletecollection, as namespaces and (in old releases) services have them. */
export const SINGLE_VERBS: readonly string[] = ALL_VERBS.filter((verb) => verb !== "deletecollection");

/** What a resource has beyond its names and the defaults: namespaced, all verbs, storage version first, no subresources. */
export interface DefinitionExtras {
  readonly short?: readonly string[];
  readonly categories?: readonly string[];
  readonly clusterScoped?: boolean;
  readonly verbs?: readonly string[];
  readonly subresources?: readonly SubresourceDefinition[];
  readonly storageVersion?: string;
  readonly storedAs?: string;
  readonly feature?: CatalogFeature;
  readonly singular?: string;
}

/**
 * A resource definition with the usual defaults.
 * @param versions served versions, preferred first
 */
export function define(
  group: string,
  versions: readonly string[],
  plural: string,
  kind: string,
  extras: DefinitionExtras = {},
): ResourceDefinition {
  const preferred = versions[0];
  if (preferred === undefined) throw new Error(`resource ${plural} is served in no version`);
  return {
    group,
    versions,
    storageVersion: extras.storageVersion ?? preferred,
    plural,
    singular: extras.singular ?? kind.toLowerCase(),
    kind,
    listKind: `${kind}List`,
    shortNames: extras.short ?? [],
    categories: extras.categories ?? [],
    namespaced: extras.clusterScoped !== true,
    verbs: extras.verbs ?? ALL_VERBS,
    subresources: extras.subresources ?? [],
    custom: extras.feature !== undefined,
    ...(extras.feature === undefined ? {} : { feature: extras.feature }),
    ...(extras.storedAs === undefined ? {} : { storedAs: extras.storedAs }),
  };
}

/** The `status` subresource of a kind. */
export function statusOf(kind: string, servedIn?: readonly string[]): SubresourceDefinition {
  return { name: "status", kind, verbs: ["get", "patch", "update"], ...(servedIn === undefined ? {} : { servedIn }) };
}

/** The `scale` subresource: its body is a Scale of autoscaling/v1 whatever the parent is. */
export const SCALE: SubresourceDefinition = {
  name: "scale",
  kind: "Scale",
  verbs: ["get", "patch", "update"],
  group: "autoscaling",
  version: "v1",
};
