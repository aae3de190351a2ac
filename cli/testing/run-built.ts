import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Results } from "../../suites/results.ts";

/** How a run of the built command line ended. */
export interface BuiltRun {
  readonly code: number | null;
  readonly results: Results;
  readonly stderr: string;
}

const BIN = join(import.meta.dirname, "..", "bin.mjs");

/**
 * Runs `deepflow-conformance run --json OPTIONS` as users do: the built bin in a process of its own.
 *
 * @throws where stdout is not one results document
 */
export function runBuilt(options: readonly string[], signal: AbortSignal): Promise<BuiltRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, "run", "--json", ...options], { stdio: ["ignore", "pipe", "pipe"], signal });
    const chunks: Buffer[] = [];
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      const stdout = Buffer.concat(chunks).toString();
      try {
        resolve({ code, results: JSON.parse(stdout) as Results, stderr });
      } catch {
        reject(new Error(`exit code ${code}, no results on stdout: ${stdout.slice(0, 500)}\n${stderr}`));
      }
    });
  });
}
