import { readFileSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/**
 * A text file that the user named. @param flag by which it was given, for messages
 *
 * @throws UsageError where it cannot be read
 */
export function readUserFile(path: string, flag: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${flag} ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
