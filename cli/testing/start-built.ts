import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A process of the built command line that a test treats badly while it runs. */
export interface StartedBuilt {
  readonly child: ChildProcess;
  /** Both streams, as far as they have come. */
  readonly said: () => string;
  /** Resolves with the first match in what it says. @throws where it ends without having said it */
  until(words: RegExp): Promise<RegExpExecArray>;
  /** How it ended, when all that it said has come. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** The built command line, as the bin of the package starts it. */
const BIN = join(import.meta.dirname, "..", "bin.mjs");

/** Starts the built bin with these arguments. @param env added to the environment */
export function startBuilt(
  args: readonly string[],
  signal: AbortSignal,
  env: Readonly<Record<string, string>> = {},
): StartedBuilt {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let said = "";
  const listeners = new Set<() => void>();
  const take = (text: Buffer) => {
    said += String(text);
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = once(child, "close").then(([code, by]) => ({
    code: code as number | null,
    signal: by as NodeJS.Signals | null,
  }));
  return {
    child,
    said: () => said,
    ended,
    until(words) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = words.exec(said);
          if (found === null) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        ended.then(
          () => reject(new Error(`it ended without having said ${words}:\n${said}`)),
          (error: unknown) => reject(error as Error),
        );
      });
    },
  };
}
