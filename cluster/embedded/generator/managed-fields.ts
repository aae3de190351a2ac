import { isRecord } from "../catalog/json.ts";

type Fields = Record<string, unknown>;

/** Keys by which the API server merges the items of a list; lists that are absent here are owned as a whole. */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  conditions: ["type"],
  containers: ["name"],
  env: ["name"],
  imagePullSecrets: ["name"],
  initContainers: ["name"],
  ownerReferences: ["uid"],
  podIPs: ["ip"],
  hostIPs: ["ip"],
  secrets: ["name"],
  volumeMounts: ["mountPath"],
  volumes: ["name"],
};

/** Maps, and lists' items, that are owned as a whole. */
const ATOMIC = new Set([
  "selector",
  "nodeSelector",
  "matchLabels",
  "resourceFieldRef",
  "fieldRef",
  "configMapKeyRef",
  "secretKeyRef",
]);

const OWNED = Object.freeze({});

/**
 * The fieldsV1 set of a part of an object: which fields a manager owns. As the server writes it: `f:` before a field,
 * `k:` before a list item's key, `.` for the map or item itself.
 */
export function fieldsOf(value: unknown, name = ""): Fields {
  if (Array.isArray(value)) return listFields(value, name);
  if (!isRecord(value) || ATOMIC.has(name)) return OWNED;
  const fields: Fields = {};
  for (const [key, child] of Object.entries(value)) fields[`f:${key}`] = childFields(child, key);
  return fields;
}

function childFields(child: unknown, key: string): Fields {
  const fields = fieldsOf(child, key);
  // Maps with free keys carry a mark of their own beside those of their entries.
  return key === "labels" || key === "annotations" ? { ".": OWNED, ...fields } : fields;
}

function listFields(items: readonly unknown[], name: string): Fields {
  const keys = name === "ports" ? portKeys(items) : MERGE_KEYS[name];
  if (keys === undefined) return OWNED;
  const fields: Fields = { ".": OWNED };
  for (const item of items) {
    if (!isRecord(item)) return OWNED;
    const key = JSON.stringify(Object.fromEntries(keys.map((field) => [field, item[field]])));
    fields[`k:${key}`] = ATOMIC.has(name) ? OWNED : { ".": OWNED, ...fieldsOf(item) };
  }
  return fields;
}

function portKeys(items: readonly unknown[]): readonly string[] {
  const [first] = items;
  return isRecord(first) && "containerPort" in first ? ["containerPort", "protocol"] : ["port", "protocol"];
}

/** One entry of metadata.managedFields. */
export function managedBy(manager: string, apiVersion: string, time: string, fieldsV1: object, subresource?: string): object {
  return {
    manager,
    operation: "Update",
    apiVersion,
    time,
    fieldsType: "FieldsV1",
    fieldsV1,
    ...(subresource === undefined ? {} : { subresource }),
  };
}
