import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { canonicalJson, killMatrixPage } from "../report/index.ts";
import type { KillMatrix } from "../suites/selftest/index.ts";
import { EnvironmentError, UsageError } from "./usage-error.ts";
import { writeWhole } from "./write-whole.ts";

/** The docs of this package, whether this file runs from source or from `dist`. */
export function defaultDocs(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, "docs");
}

/** The two files of a matrix, by name. */
export function matrixFiles(matrix: KillMatrix): Readonly<Record<string, string>> {
  return { "kill-matrix.md": killMatrixPage(matrix), "kill-matrix.json": `${canonicalJson(matrix)}\n` };
}

/** @throws EnvironmentError where a file cannot be written */
export function writeMatrix(folder: string, matrix: KillMatrix): void {
  for (const [name, text] of Object.entries(matrixFiles(matrix))) {
    try {
      writeWhole(join(folder, name), () => [text]);
    } catch (error) {
      throw new EnvironmentError(`${join(folder, name)} cannot be written: ${messageOf(error)}`, { cause: error });
    }
  }
}

/**
 * Where a matrix differs from the files in a folder, for people; empty where it does not.
 *
 * @param only names of mutants: just their rows are compared
 * @throws UsageError where there is no matrix to compare with
 */
export function differencesIn(folder: string, matrix: KillMatrix, only?: ReadonlySet<string>): readonly string[] {
  const committed = readCommitted(folder);
  const rows = (of: KillMatrix) => new Map(of.mutants.map((row) => [row.name, canonicalJson(row)]));
  const [there, seen] = [rows(committed), rows(matrix)];
  const names = [...new Set([...there.keys(), ...seen.keys()])].filter((name) => only?.has(name) ?? true);
  const differing = names.filter((name) => there.get(name) !== seen.get(name));
  const told = differing.map(
    (name) =>
      `${name} differs from ${join(folder, "kill-matrix.json")}: ${oneLine(there.get(name))} became ${oneLine(seen.get(name))}`,
  );
  if (only !== undefined || told.length > 0) return told;
  const stale = Object.entries(matrixFiles(matrix)).filter(([name, text]) => textOf(join(folder, name)) !== text);
  return stale.map(([name]) => `${join(folder, name)} is not what this self-test writes; run it without --check and commit`);
}

function readCommitted(folder: string): KillMatrix {
  const path = join(folder, "kill-matrix.json");
  try {
    return JSON.parse(readFileSync(path, "utf8")) as KillMatrix;
  } catch (error) {
    throw new UsageError(`there is no matrix to compare with: ${path}: ${messageOf(error)}`, { cause: error });
  }
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function oneLine(json: string | undefined): string {
  return json === undefined ? "nothing" : json.replaceAll(/\s+/g, " ");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
