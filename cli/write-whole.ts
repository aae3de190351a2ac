import { randomBytes } from "node:crypto";
import { closeSync, fchmodSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";

/** Nothing new can be put there, though the file that is there may be written: one that is mounted by itself. */
const NO_PLACE_BESIDE = new Set(["EACCES", "EPERM", "EROFS", "EBUSY"]);

/**
 * Writes a file whole or not at all: beside it under a name of its own, and then over what was there. Where that fails, on
 * a full disk or half-way through the text, what was there before is untouched and nothing of the attempt stays. A symbolic
 * link stays one. A device, a pipe and a file beside which nothing can be made are written as they are.
 *
 * @param parts gives the text from its beginning, in parts so that a long one is never held
 * @throws the error of Node, or that of the parts
 */
export function writeWhole(path: string, parts: () => Iterable<string>): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isFile() !== false && replace(there === undefined ? path : realpathSync(path), there?.mode, parts)) return;
  withFile(path, "w", (descriptor) => fill(descriptor, parts()));
}

/** Whether there was a place beside the file, if it is there already. */
function replace(path: string, mode: number | undefined, parts: () => Iterable<string>): boolean {
  const beside = `${path}.${randomBytes(4).toString("hex")}.part`;
  let written = false;
  try {
    withFile(beside, "wx", (descriptor) => {
      written = true;
      if (mode !== undefined) fchmodSync(descriptor, mode & 0o7777);
      fill(descriptor, parts());
      // Some file systems tell only now that there was no room; and what is renamed must be on the disk first.
      fsyncSync(descriptor);
      written = false;
    });
    renameSync(beside, path);
    return true;
  } catch (error) {
    rmSync(beside, { force: true });
    const noPlace = error instanceof Error && "code" in error && NO_PLACE_BESIDE.has(String(error.code));
    if (mode !== undefined && noPlace && !written) return false;
    throw error;
  }
}

function fill(descriptor: number, parts: Iterable<string>): void {
  for (const part of parts) {
    const bytes = Buffer.from(part, "utf8");
    for (let offset = 0; offset < bytes.length;) offset += writeSync(descriptor, bytes, offset);
  }
}

function withFile(path: string, flags: "w" | "wx", act: (descriptor: number) => void): void {
  const descriptor = openSync(path, flags);
  try {
    act(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
