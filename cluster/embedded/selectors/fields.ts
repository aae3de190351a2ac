import { badRequest } from "../api/status.ts";
import type { KubeObject, ResourceDefinition } from "../catalog/index.ts";

/** Whether an object is selected by its fields. */
export type FieldSelector = (object: KubeObject) => boolean;

interface Term {
  readonly field: string;
  readonly value: string;
  readonly equal: boolean;
}

/** Fields beyond metadata.name and metadata.namespace that a resource can be selected by. */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  pods: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "status.phase",
    "status.podIP",
    "status.podIPs",
    "status.nominatedNodeName",
  ],
  nodes: ["spec.unschedulable"],
  namespaces: ["status.phase"],
  secrets: ["type"],
  replicationcontrollers: ["status.replicas"],
  "replicasets.apps": ["status.replicas"],
  "jobs.batch": ["status.successful"],
  "certificatesigningrequests.certificates.k8s.io": ["spec.signerName"],
  events: [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
};

/** Fields whose zero value is not the empty string. */
const ZERO: Readonly<Record<string, string>> = {
  "spec.unschedulable": "false",
  "status.replicas": "0",
  "status.successful": "0",
};

/**
 * Parses a fieldSelector query: `a=b`, `a==b`, `a!=b`, joined by commas.
 * @param resource key of the resource that holds the objects
 * @returns undefined for an empty selector, which selects everything
 * @throws ApiError 400 for a field that this resource cannot be selected by, or text that is no selector
 */
export function parseFieldSelector(text: string, definition: ResourceDefinition, resource: string): FieldSelector | undefined {
  const terms = fieldTerms(text);
  if (terms.length === 0) return undefined;
  for (const { field } of terms) checkField(field, definition, resource);
  return (object) => terms.every(({ field, value, equal }) => (fieldValue(object, field) === value) === equal);
}

/** The name that a fieldSelector pins with `metadata.name=`, which RBAC and watches of one object look at. */
export function pinnedName(text: string): string | undefined {
  try {
    return fieldTerms(text).find(({ field, equal }) => field === "metadata.name" && equal)?.value;
  } catch {
    return undefined; // the handler that needs the selector says what is wrong with it
  }
}

function fieldTerms(text: string): readonly Term[] {
  return text
    .split(/(?<!\\),/)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const match = /^(?<field>[^=!]+?)(?<operator>!=|==|=)(?<value>.*)$/.exec(part.trim());
      if (match?.groups === undefined) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
      const { field = "", operator = "", value = "" } = match.groups;
      return { field, equal: operator !== "!=", value: value.replace(/\\([\\,=])/g, "$1") };
    });
}

function checkField(field: string, definition: ResourceDefinition, resource: string): void {
  if (field === "metadata.name" || field === "metadata.namespace") return;
  const selectable = SELECTABLE[resource];
  if (selectable?.includes(field)) return;
  throw badRequest(
    selectable === undefined || definition.custom
      ? `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`
      : `field label not supported: ${field}`,
  );
}

function fieldValue(object: KubeObject, field: string): string {
  let value: unknown = object;
  for (const part of field === "source" ? ["source", "component"] : field.split(".")) {
    value = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[part] : undefined;
  }
  if (value === undefined || value === null) return ZERO[field] ?? "";
  return typeof value === "object" ? "" : `${value as string | number | boolean}`;
}
