import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it. Not `mkdirSync` with `recursive`: that one spins for ever where the file system
 * answers ENOENT to a mkdir in a folder that exists, as /proc does.
 *
 * @throws the error of Node where one of them cannot be made
 */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory() === true) return;
    if (there === undefined) throw error;
    throw Object.assign(new Error(`${path} cannot be a folder: a file is there already`, { cause: error }), { code: "ENOTDIR" });
  }
}
