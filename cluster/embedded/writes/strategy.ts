import type { KubeObject, KubernetesRelease, ResourceDefinition } from "../catalog/index.ts";
import { fieldsOf, without } from "./json.ts";

/** Built-in kinds whose metadata.generation counts changes of what is wanted. Custom ones all do. */
const GENERATIONS = new Set([
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicasets.apps",
  "replicationcontrollers",
  "jobs.batch",
  "cronjobs.batch",
  "ingresses.networking.k8s.io",
  "networkpolicies.networking.k8s.io",
  "poddisruptionbudgets.policy",
  "customresourcedefinitions.apiextensions.k8s.io",
]);

/** Kinds whose deletion answers with the object, not with a Status. */
const RETURNED = new Set([
  "pods",
  "services",
  "namespaces",
  "serviceaccounts",
  "persistentvolumes",
  "persistentvolumeclaims",
  "podtemplates",
  "resourcequotas",
]);

/** Whether metadata.generation counts changes of the spec. */
export function hasGeneration(definition: ResourceDefinition, resource: string): boolean {
  return definition.custom || GENERATIONS.has(resource);
}

/** Whether DELETE answers with the object instead of a Status. */
export function deletionReturnsObject(resource: string, release: KubernetesRelease): boolean {
  if (resource === "services") return release.id !== "1.20";
  return RETURNED.has(resource);
}

/** Whether the kind has a status that only its subresource writes. */
export function hasStatus(definition: ResourceDefinition): boolean {
  return definition.subresources.some(({ name }) => name === "status");
}

/** What the server sets in a new object on its own: the initial status, and what a Namespace is born with. */
export function prepared(definition: ResourceDefinition, object: KubeObject, release: KubernetesRelease): KubeObject {
  if (definition.group === "" && definition.plural === "namespaces") return preparedNamespace(object, release);
  if (definition.group === "" && definition.plural === "secrets") return { ...object, type: object["type"] ?? "Opaque" };
  if (!hasStatus(definition)) return object;
  const rest = without(object, "status") as unknown as KubeObject;
  if (definition.custom) return rest;
  return { ...rest, status: definition.plural === "pods" ? { phase: "Pending", qosClass: "BestEffort" } : {} };
}

function preparedNamespace(object: KubeObject, release: KubernetesRelease): KubeObject {
  const name = { "kubernetes.io/metadata.name": object.metadata.name };
  const labelled = release.id === "1.20" ? {} : { labels: { ...object.metadata.labels, ...name } };
  return {
    ...object,
    metadata: { ...object.metadata, ...labelled },
    spec: { ...fieldsOf(object["spec"]), finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  };
}
