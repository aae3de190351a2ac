import { isFields, type Fields } from "./json.ts";
import { setOwn } from "./merge-patch.ts";

/**
 * Lists that are merged entry by entry, by the field that names an entry. The same name means different lists in
 * different places, so a name has the candidates in order: the first that all entries carry.
 * A list that is not named here is replaced as a whole.
 */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ["name"],
  initContainers: ["name"],
  ephemeralContainers: ["name"],
  env: ["name"],
  volumes: ["name"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  imagePullSecrets: ["name"],
  hostAliases: ["ip"],
  topologySpreadConstraints: ["topologyKey"],
  ports: ["containerPort", "port"],
  conditions: ["type"],
  addresses: ["type"],
  ownerReferences: ["uid"],
  secrets: ["name"],
  podIPs: ["ip"],
};

/** Lists of plain values that are merged as sets. */
const SETS = new Set(["finalizers"]);

/** The field that names the entries of a list in a strategic merge; undefined where the list is atomic. */
export function mergeKeyOf(field: string, ...lists: readonly (readonly unknown[])[]): string | undefined {
  const entries = lists.flat();
  return MERGE_KEYS[field]?.find((key) => entries.every((entry) => isFields(entry) && entry[key] !== undefined));
}

/**
 * Applies a strategic merge patch, for the lists that Kubernetes objects commonly have, with the directives
 * `$patch` (delete, replace), `$deleteFromPrimitiveList/…` and `$retainKeys`; `$setElementOrder/…` is let be.
 * Neither argument is changed.
 */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch;
  if (patch["$patch"] === "replace") return plain(patch);
  const result: Record<string, unknown> = isFields(target) ? { ...target } : {};
  const retained = patch["$retainKeys"];
  if (Array.isArray(retained)) for (const name of Object.keys(result)) if (!retained.includes(name)) delete result[name];
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith("$")) applyDirective(result, name, value);
    else if (value === null) delete result[name];
    else setOwn(result, name, mergeField(name, Object.hasOwn(result, name) ? result[name] : undefined, value));
  }
  return result;
}

function mergeField(name: string, before: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) return strategicMerge(before, patch);
  const old = Array.isArray(before) ? (before as readonly unknown[]) : [];
  const entries = patch as readonly unknown[];
  if (SETS.has(name)) return [...new Set([...old, ...entries])];
  const directives = entries.filter(isDirective);
  const real = entries.filter((entry) => !isDirective(entry));
  if (directives.some((entry) => entry["$patch"] === "replace" && Object.keys(entry).length === 1)) return real.map(plain);
  const key = mergeKeyOf(name, real, old);
  if (key === undefined) return real.map(plain);
  const deleted = new Set(directives.filter((entry) => entry["$patch"] === "delete").map((entry) => entry[key]));
  const merged = old.filter((entry) => !deleted.has((entry as Fields)[key]));
  const added: unknown[] = [];
  for (const entry of real) {
    const at = merged.findIndex((known) => (known as Fields)[key] === (entry as Fields)[key]);
    if (at < 0) added.push(plain(entry));
    else merged[at] = strategicMerge(merged[at], entry);
  }
  return [...added, ...merged];
}

function applyDirective(result: Record<string, unknown>, name: string, value: unknown): void {
  const field = name.startsWith("$deleteFromPrimitiveList/") ? name.slice("$deleteFromPrimitiveList/".length) : "";
  const list = result[field];
  if (Array.isArray(list) && Array.isArray(value)) result[field] = list.filter((entry) => !value.includes(entry));
}

function isDirective(entry: unknown): entry is Fields {
  return isFields(entry) && entry["$patch"] !== undefined;
}

/** A value of a patch where there was nothing to merge it into: nulls and directives mean nothing there. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((entry) => !isDirective(entry)).map(plain);
  return isFields(value) ? strategicMerge({}, without$patch(value)) : value;
}

function without$patch(value: Fields): Fields {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "$patch"));
}
