import { ingressFromBeta, ingressToBeta } from "./ingress.ts";
import { eventFromCore, eventToCore } from "./event.ts";
import { apiVersionOf } from "./resources.ts";
import type { KubeObject, ResourceDefinition } from "./types.ts";

/**
 * An object in the form of the version that was asked for, whatever form it is in. The result shares with its source what
 * did not change, and is the source itself where nothing did. Only Ingress and Event differ between their forms.
 * @param definition resource by whose address it was asked for (for `ingresses.extensions` that group)
 */
export function convert(definition: ResourceDefinition, object: KubeObject, toVersion: string): KubeObject {
  return toApiVersion(definition.kind, object, apiVersionOf(definition.group, toVersion));
}

/** An object as sent to any of its addresses, in the form in which it is stored and committed. */
export function toStorage(definition: ResourceDefinition, object: KubeObject): KubeObject {
  const { storedAs } = definition;
  const dot = storedAs?.indexOf(".") ?? -1;
  const group = storedAs === undefined ? definition.group : dot < 0 ? "" : storedAs.slice(dot + 1);
  return toApiVersion(definition.kind, object, apiVersionOf(group, definition.storageVersion));
}

function toApiVersion(kind: string, object: KubeObject, apiVersion: string): KubeObject {
  if (object.apiVersion === apiVersion) return object;
  if (kind === "Ingress") return { ...reformIngress(object, apiVersion), apiVersion };
  if (kind === "Event") return { ...reformEvent(object, apiVersion), apiVersion };
  return { ...object, apiVersion };
}

function reformIngress(object: KubeObject, apiVersion: string): KubeObject {
  const from = object.apiVersion.endsWith("/v1");
  const to = apiVersion.endsWith("/v1");
  if (from === to) return object;
  return to ? ingressFromBeta(object) : ingressToBeta(object);
}

function reformEvent(object: KubeObject, apiVersion: string): KubeObject {
  const from = object.apiVersion === "v1";
  const to = apiVersion === "v1";
  if (from === to) return object;
  return to ? eventToCore(object) : eventFromCore(object);
}
