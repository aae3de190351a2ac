/** Any Kubernetes object as parsed JSON. Nothing in it may be trusted to have the shape that the API would give it. */
export interface KubeObject {
  readonly [key: string]: unknown;
}

/** Follows object keys; undefined where a step is no object. Own keys only, so `__proto__` is data like any other. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** A JSON object: not null, not an array. */
export function isObject(value: unknown): value is KubeObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The array at the path; empty where there is none. */
export function arrayAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The string at the path; empty where there is none or something else stands there, as the server reads it. */
export function stringAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}
