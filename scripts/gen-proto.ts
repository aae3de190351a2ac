/**
 * Generates proto/gen/ from the .proto files with flags derived from proto/options.ts. `--check` generates into a
 * temporary folder instead and exits 1 where proto/gen/ differs.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { LOADER_OPTIONS } from "../proto/options.ts";

const root = join(import.meta.dirname, "..");
const committed = join(root, "proto", "gen");

/** The generator's flags that say the same as the loader's options. */
export function generatorFlags(options: Readonly<Record<string, unknown>> = LOADER_OPTIONS): string[] {
  return Object.entries(options).map(([name, value]) => {
    if (typeof value === "boolean") return `--${name}=${value}`;
    if (typeof value === "function") return `--${name}=${value.name}`;
    throw new Error(`proto/options.ts: ${name} has a value that no generator flag stands for`);
  });
}

function generate(outDir: string): void {
  const generator = createRequire(import.meta.url).resolve("@grpc/proto-loader/build/bin/proto-loader-gen-types.js");
  const files = ["trident.proto", "agent.proto"];
  const flags = [...generatorFlags(), "--grpcLib=@grpc/grpc-js", "--importFileExtension=.ts", "-O", outDir, "-I", "proto"];
  execFileSync(process.execPath, [generator, ...files, ...flags], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
}

function contents(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  const files = paths.filter((path) => statSync(path).isFile());
  return new Map(files.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

/** Names of the files in which proto/gen/ differs from what the .proto files give now. */
export function staleFiles(): string[] {
  const folder = mkdtempSync(join(tmpdir(), "gen-proto-"));
  try {
    generate(folder);
    const fresh = contents(folder);
    const present = contents(committed);
    return [...new Set([...fresh.keys(), ...present.keys()])].filter((name) => fresh.get(name) !== present.get(name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes("--check")) {
    const stale = staleFiles();
    if (stale.length > 0) {
      console.error(`proto/gen is stale (${stale.join(", ")}); run \`npm run gen:proto\``);
      process.exitCode = 1;
    }
  } else {
    rmSync(committed, { recursive: true, force: true });
    generate(committed);
  }
}
