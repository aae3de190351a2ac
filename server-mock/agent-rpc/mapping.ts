/** A YAML mapping as JavaScript has it. */
export type Mapping = Record<string, unknown>;

/** What is wrong with a configuration, and where. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined where there is none. @throws ConfigError where something on the way is no mapping */
export function valueAt(config: Mapping, path: readonly string[]): unknown {
  return parentOf(config, path, false)?.[path.at(-1) ?? ""];
}

/** Sets the value at a path, and makes what is missing on the way. @throws ConfigError as `valueAt` */
export function setAt(config: Mapping, path: readonly string[], value: unknown): void {
  const parent = parentOf(config, path, true);
  if (parent) parent[path.at(-1) ?? ""] = value;
}

/**
 * Moves a value to another path, and takes away the mapping that it leaves empty.
 *
 * @throws ConfigError where there is a value at both paths, or something on the way is no mapping
 */
export function move(
  config: Mapping,
  from: readonly string[],
  to: readonly string[],
  convert: (value: unknown, at: string) => unknown = (value) => value,
): void {
  const value = valueAt(config, from);
  if (value === undefined) return;
  if (valueAt(config, to) !== undefined) {
    throw new ConfigError(`${from.join(".")} and ${to.join(".")} are the same setting: give one of them`);
  }
  setAt(config, to, convert(value, from.join(".")));
  const parent = parentOf(config, from, false);
  if (parent) delete parent[from.at(-1) ?? ""];
  const [top = ""] = from;
  if (parent && parent !== config && Object.keys(parent).length === 0) delete config[top];
}

function parentOf(config: Mapping, path: readonly string[], make: boolean): Mapping | undefined {
  let parent = config;
  for (const [depth, key] of path.slice(0, -1).entries()) {
    const next: unknown = Object.hasOwn(parent, key) ? parent[key] : undefined;
    if (next === undefined || next === null) {
      if (!make) return undefined;
      parent = parent[key] = {};
    } else if (isMapping(next)) parent = next;
    else throw new ConfigError(`${path.slice(0, depth + 1).join(".")} must be a mapping`);
  }
  return parent;
}
