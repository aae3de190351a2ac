/**
 * Compiles into a temporary folder beside `dist` and then renames it, so that a process that runs from `dist`
 * never loads half a build.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "..", "bin", "tsc");
const fresh = mkdtempSync(join(root, "dist.new-"));
try {
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", fresh], { cwd: root, stdio: "inherit" });
  // The wire definitions are read at run time from beside the compiled loader.
  cpSync(join(root, "proto"), join(fresh, "proto"), { recursive: true, filter: (path) => !path.endsWith(".ts") });
  const dist = join(root, "dist");
  const old = `${fresh}.old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
} catch (error) {
  rmSync(fresh, { recursive: true, force: true });
  if (!(error instanceof Error && "status" in error)) throw error;
  process.exitCode = 1;
}
