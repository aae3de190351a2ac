import { apiVersionOf, convert, findResource, resourceKey, type KubeObject, type ResourceDefinition } from "../catalog/index.ts";
import type { StoredObject, EncodedObject } from "../storage/stored-object.ts";
import type { ResourceRequest } from "./request-info.ts";
import { unknownPath } from "./status.ts";

/** The resource that a request addresses, in the version in which it asks. */
export interface Target {
  readonly definition: ResourceDefinition;
  /** Key of the resource that holds the objects; differs from the address where one store has two. */
  readonly resource: string;
  readonly version: string;
  readonly apiVersion: string;
  /** Where the request is confined to a namespace. */
  readonly namespace?: string;
  /** Objects whose key begins so are in scope. */
  readonly prefix: string;
}

/**
 * Resolves a request's resource.
 * @returns undefined where the group is not served at all
 * @throws ApiError 404 where they are, but not this resource or not in this scope
 */
export function targetOf(resources: readonly ResourceDefinition[], info: ResourceRequest): Target | undefined {
  const definition = findResource(resources, info.group, info.version, info.plural);
  if (definition === undefined) {
    // Built-in groups are routed by group, custom ones by what is defined.
    if (resources.some(({ group, custom }) => !custom && group === info.group)) throw unknownPath();
    return undefined;
  }
  const itself = definition.group === "" && definition.plural === "namespaces";
  const namespace = itself ? undefined : info.namespace;
  if (namespace !== undefined && !definition.namespaced) throw unknownPath();
  return makeTarget(definition, info.version, namespace);
}

/** A target for one who knows the resource. */
export function makeTarget(definition: ResourceDefinition, version: string, namespace?: string): Target {
  return {
    definition,
    resource: definition.storedAs ?? resourceKey(definition),
    version,
    apiVersion: apiVersionOf(definition.group, version),
    ...(namespace === undefined ? {} : { namespace }),
    prefix: namespace === undefined ? "" : `${namespace}/`,
  };
}

/** An object in the version in which the target is addressed. */
export function objectFor(target: Target, stored: StoredObject): KubeObject {
  return convert(target.definition, stored.object, target.version);
}

/** The JSON of an object in the version in which the target is addressed; made once. */
export function encodedFor(target: Target, stored: StoredObject): EncodedObject {
  if (stored.source.apiVersion === target.apiVersion) return stored.encode();
  return stored.encode(target.apiVersion, (object) => convert(target.definition, object, target.version));
}
