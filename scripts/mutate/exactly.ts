import type { Explanation } from "./explanations.ts";

/** One survivor as the page tells it, and where needed the code that it lies in, if the same stands in several places. */
type Told = readonly [original: string, mutated: string, code?: string];

/**
 * Explains single survivors of a file, and nothing beside them.
 *
 * @param name of the file, as a path from `suites/` without its ending
 */
export const exactly = (name: string, reason: string, ...survivors: readonly Told[]): readonly Explanation[] =>
  survivors.map(([original, mutated, code = original]) => ({
    file: `suites/${name}.ts`,
    code,
    original: new RegExp(`^${original.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`),
    becomes: { text: mutated },
    reason,
  }));
