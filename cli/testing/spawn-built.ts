import { spawn } from "node:child_process";
import { join } from "node:path";

/** How a process of the built command line ended. */
export interface BuiltExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What differs from how users start it. */
export interface BuiltOptions {
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told of the process once it is there. */
  readonly onSpawn?: (child: { kill(signal: NodeJS.Signals): boolean }) => void;
}

/** The built command line, as the bin of the package starts it. */
const BIN = join(import.meta.dirname, "..", "bin.mjs");

/** Runs the built bin with these arguments, as users do: a process of its own. */
export function spawnBuilt(
  args: readonly string[],
  signal: AbortSignal,
  { node = [], env = {}, onSpawn = () => {} }: BuiltOptions = {},
): Promise<BuiltExit> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...node, BIN, ...args], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      signal,
    });
    onSpawn(child);
    const chunks: Buffer[] = [];
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code, by) => resolve({ code, signal: by, stdout: Buffer.concat(chunks).toString(), stderr }));
  });
}
