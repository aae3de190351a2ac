import { ConfigError, isMapping } from "./mapping.ts";

const TEXTS = ["name", "group", "version", "field_selector"];
const KEYS = [...TEXTS, "disabled"];

/**
 * The list of resources to watch, with the selector's key as new agents write it (protocol.md 6.1, 6.3). What an agent
 * would skip with a warning, an unknown resource, passes.
 *
 * @throws ConfigError at an element that no agent could read
 */
export function apiResources(value: unknown, at: string): unknown {
  if (!Array.isArray(value)) throw new ConfigError(`${at} must be a list of resources, each with a name`);
  return value.map((resource: unknown, index) => {
    const where = `${at}[${index}]`;
    if (!isMapping(resource)) throw new ConfigError(`${where} must be a mapping, such as {name: pods}`);
    const entries = Object.entries(resource).map(([key, of]) => [key === "field-selector" ? "field_selector" : key, of] as const);
    for (const [key, of] of entries) checkEntry(`${where}.${key}`, key, of);
    if (!entries.some(([key]) => key === "name")) throw new ConfigError(`${where} has no name`);
    return Object.fromEntries(entries);
  });
}

function checkEntry(at: string, key: string, value: unknown): void {
  if (!KEYS.includes(key)) throw new ConfigError(`${at}: a resource has no such key; there are ${KEYS.join(", ")}`);
  if (key === "disabled" ? typeof value === "boolean" : typeof value === "string") return;
  throw new ConfigError(`${at} must be ${key === "disabled" ? "true or false" : "text"}`);
}
