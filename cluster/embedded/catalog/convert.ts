import { apiVersionOf } from "./resources.ts";
import type { KubeObject, ResourceDefinition } from "./types.ts";

/**
 * A stored object in the form of the version that was asked for. The result shares what did not change with its source.
 * @param definition resource by whose address it was asked for (for `ingresses.extensions` that group)
 */
export function convert(definition: ResourceDefinition, object: KubeObject, toVersion: string): KubeObject {
  const apiVersion = apiVersionOf(definition.group, toVersion);
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}
