import type { Results } from "../suites/results.ts";

/** Keys in the order in which results.json has them; all others follow by name. */
const KEY_ORDER: readonly string[] = `
  schemaVersion run id startedAt durationMs seed harness version requirementSet requirementSetSha256 agent form command target cluster kind
  profiles features counts pass fail notTestable notApplicable expectedFailure exitCode checks level title name verdict
  expected expectedBecause message evidence seq ms note text cited source scenarios context timeline snapshot alike kinds unsent inventory faults scripted fired given hits warnings
  repeats baseline`
  .trim()
  .split(/\s+/);
const rank = new Map(KEY_ORDER.map((key, index) => [key, index]));

/**
 * The canonical text of results.json: keys in one order whoever made the value, two spaces, a newline at the end.
 * Equal results give equal bytes, so that `run` and `analyze` can be compared.
 */
export function renderResults(results: Results): string {
  return `${canonicalJson(results)}\n`;
}

/** Any JSON value in canonical form, without a newline at the end. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? sorted(part) : part), 2);
}

function sorted(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => position(a) - position(b) || (a < b ? -1 : 1)));
}

function position(key: string): number {
  return rank.get(key) ?? KEY_ORDER.length;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
