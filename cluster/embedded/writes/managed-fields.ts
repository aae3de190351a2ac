import type { KubeObject } from "../catalog/index.ts";
import { isFields, type Fields } from "./json.ts";
import { mergeKeyOf } from "./strategic-merge.ts";

/** Fields of metadata that no manager owns. */
const UNOWNED = new Set([
  "name",
  "namespace",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "managedFields",
  "selfLink",
]);

/** Fields that are maps: such a thing is owned as itself, a struct only by its fields. */
const MAPS = new Set([
  "labels",
  "annotations",
  "data",
  "binaryData",
  "matchLabels",
  "nodeSelector",
  "limits",
  "requests",
  "capacity",
]);

/**
 * `metadata.managedFields` after a write by `manager`: its own entry renewed, those of others kept. Ownership is not worked
 * out field by field: the writer's entry names all fields that the object has.
 * @param time RFC 3339, to the second
 */
export function managedFieldsAfter(object: KubeObject, manager: string, time: string, subresource: string): readonly unknown[] {
  const kept = (object.metadata.managedFields ?? []).filter(
    (entry) => !isFields(entry) || entry["manager"] !== manager || (entry["subresource"] ?? "") !== subresource,
  );
  const entry = {
    manager,
    operation: "Update",
    apiVersion: object.apiVersion,
    time,
    fieldsType: "FieldsV1",
    fieldsV1: ownedBy(object, subresource),
    ...(subresource === "" ? {} : { subresource }),
  };
  return [...kept, entry];
}

function ownedBy(object: KubeObject, subresource: string): Fields {
  const { kind: _kind, apiVersion: _apiVersion, metadata, status, ...rest } = object;
  if (subresource === "status") return { "f:status": fieldSet("status", status) };
  const meta = Object.fromEntries(Object.entries(metadata).filter(([name]) => !UNOWNED.has(name)));
  const fields: Fields = Object.keys(meta).length > 0 ? { metadata: meta, ...rest } : rest;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`f:${name}`, fieldSet(name, value)]));
}

/** The fields of a value in the FieldsV1 form: `f:` a field, `k:` a list entry by its key, `.` the thing itself. */
function fieldSet(name: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    const key = mergeKeyOf(name, value);
    if (key === undefined || value.length === 0) return {};
    const entries = (value as readonly Fields[]).map((entry) => {
      return [`k:${JSON.stringify({ [key]: entry[key] })}`, { ".": {}, ...(fieldSet("", entry) as Fields) }] as const;
    });
    return { ".": {}, ...Object.fromEntries(entries) };
  }
  if (!isFields(value)) return {};
  const parts = Object.entries(value).map(([field, inner]) => [`f:${field}`, fieldSet(field, inner)] as const);
  return parts.length === 0 || !MAPS.has(name) ? Object.fromEntries(parts) : { ".": {}, ...Object.fromEntries(parts) };
}
