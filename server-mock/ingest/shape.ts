import type { EntryReading, JsonObject } from "./types.ts";

/** The shape of a document and the objects in it: one, those of an array, or those of a List (protocol.md 3). */
export function readShape(value: unknown): {
  readonly shape: Exclude<EntryReading["shape"], "unreadable">;
  readonly objects: readonly JsonObject[];
} {
  if (Array.isArray(value)) return { shape: "array", objects: value.filter(isJsonObject) };
  if (!isJsonObject(value)) return { shape: "scalar", objects: [] };
  const { items } = value;
  if (Array.isArray(items) && isList(value)) return { shape: "list", objects: items.filter(isJsonObject) };
  return { shape: "object", objects: [value] };
}

/** Objects of some custom kinds have items of their own; a List says so in its kind, or has no uid. */
function isList(value: JsonObject): boolean {
  const { kind, metadata } = value;
  if (typeof kind === "string") return kind.endsWith("List");
  return !isJsonObject(metadata) || metadata["uid"] === undefined;
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
