import type { Results } from "../suites/results.ts";
import { readUserFile } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

/**
 * A results.json that was given by its path.
 *
 * @throws UsageError where it cannot be read, or is something else
 */
export function readResultsFile(path: string): Results {
  const text = readUserFile(path, "results");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (isResults(value)) return value;
  throw new UsageError(
    `${path} is no results.json of a run (schemaVersion 1 with checks); \`analyze\` makes one of a transcript`,
  );
}

function isResults(value: unknown): value is Results {
  if (typeof value !== "object" || value === null) return false;
  const { schemaVersion, checks, run } = value as Partial<Record<keyof Results, unknown>>;
  return schemaVersion === 1 && Array.isArray(checks) && typeof run === "object" && run !== null;
}
