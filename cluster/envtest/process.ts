import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { signalGroup } from "../../common/processes/group.ts";
import type { Guard } from "../../common/processes/guard.ts";

/** A running program of the control plane. Disposing kills its process group and waits for its end. */
export interface ServerProcess extends AsyncDisposable {
  /** Resolves at the first line of output that matches. Rejects with the log's end where the program ends before. */
  line(pattern: RegExp): Promise<void>;
  /** Resolves when the program has ended, with the words for how; never rejects. */
  readonly ended: Promise<string>;
  /** The last lines of its output. @param lines how many; default 30 */
  tail(lines?: number): string;
}

const TAIL_LINES = 30;

/**
 * Starts a program in a process group of its own. Its output is appended to a file and read for signs of life.
 * @throws Error where it cannot be started
 */
export async function startServerProcess(
  program: string,
  flags: readonly string[],
  { cwd, logFile, guard }: { readonly cwd: string; readonly logFile: string; readonly guard: Guard },
): Promise<ServerProcess> {
  guard.start();
  const child = await spawned(program, flags, cwd);
  const pid = child.pid as number; // set once "spawn" was emitted
  guard.watch(pid);
  const log = createWriteStream(logFile, { flags: "a" }).on("error", () => {}); // a full disk must not end the run
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      log.write(`${line}\n`);
      lines.push(line);
      if (lines.length > TAIL_LINES) lines.shift();
      for (const wake of waiting) wake(line);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once("close", (code, signal) => {
      signalGroup(pid, "SIGKILL"); // children that outlive the leader
      guard.release(pid);
      log.end();
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
    });
  });
  const tail = (count = TAIL_LINES) => lines.slice(-count).join("\n");
  return {
    ended,
    tail,
    async line(pattern) {
      let wake: (line: string) => void = () => {};
      const found = new Promise<string | undefined>((resolve) => {
        wake = (line) => {
          if (pattern.test(line)) resolve(undefined);
        };
        waiting.add(wake);
        lines.forEach(wake);
      });
      const end = await Promise.race([found, ended]);
      waiting.delete(wake);
      if (end !== undefined) throw new Error(`${program} ${end} before it was ready. Its last words:\n${tail()}`);
    },
    async [Symbol.asyncDispose]() {
      signalGroup(pid, "SIGKILL");
      await ended;
    },
  };
}

async function spawned(program: string, flags: readonly string[], cwd: string): Promise<ChildProcess> {
  const child = spawn(program, flags, { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  child.on("error", () => {}); // a later failed kill is no news: the end is told by "close"
  return child;
}
