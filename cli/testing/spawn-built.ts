import { spawn } from "node:child_process";
import { join } from "node:path";

/** How a process of the built command line ended. */
export interface BuiltExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line, as the bin of the package starts it. */
const BIN = join(import.meta.dirname, "..", "bin.mjs");

/** Runs the built bin with these arguments, as users do: a process of its own. */
export function spawnBuilt(args: readonly string[], signal: AbortSignal): Promise<BuiltExit> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "pipe"], signal });
    const chunks: Buffer[] = [];
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code, by) => resolve({ code, signal: by, stdout: Buffer.concat(chunks).toString(), stderr }));
  });
}
