/** A JSON object of unknown shape. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value where it is a JSON object, else an empty one. */
export function record(value: unknown): JsonObject {
  return isRecord(value) ? value : {};
}

/** Whether the value is a JSON object (not null, not an array). */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value where it is an array, else an empty one. */
export function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value where it is a string, else "". */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The value where it is a number, else the fallback. */
export function numberOr(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

/** A copy under other names; keys that the table lacks keep theirs. */
export function renamed(object: JsonObject, names: JsonObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [text(names[key]) || key, value]));
}
