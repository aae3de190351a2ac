import { spawn } from "node:child_process";
import { signalGroup } from "../common/processes/group.ts";
import { createGuard } from "../common/processes/guard.ts";
import { ClusterUnavailableError } from "./unavailable.ts";

/** How a program is run. */
export interface ProgramOptions {
  /** How long it may take, in milliseconds. */
  readonly budgetMs: number;
  /** Written to its standard input, which is then closed. */
  readonly input?: string;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** It is ended with this process, however that ends. Default: it may come to its own end. */
  readonly guarded?: boolean;
  /** A sentence for people that says where the program comes from, for the case that it is missing. */
  readonly howToGet: string;
}

/** How a program ended, with what it wrote. */
export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const guard = createGuard();
const KILL_AFTER_MS = 5_000;
const LONGEST_OUTPUT = 1 << 24;
/** What of a program's last words an error quotes. */
const QUOTED_LINES = 15;

/**
 * Runs a program to its end, without a shell, in a process group of its own. Aborting and the budget end the whole group.
 * @throws ClusterUnavailableError where the program is missing or takes too long; the signal's reason
 */
export async function runProgram(program: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  options.signal?.throwIfAborted();
  if (options.guarded === true) guard.start();
  const child = spawn(program, args, {
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
  });
  if (options.guarded === true && child.pid !== undefined) guard.watch(child.pid);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  child.stdin.on("error", () => {}); // it may end without having read
  child.stdin.end(options.input ?? "");
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => reject(unstartable(program, error, options)));
    child.once("close", resolve);
  });
  let late = false;
  let killer: NodeJS.Timeout | undefined;
  const end = () => {
    signalGroup(child.pid, "SIGTERM");
    killer ??= setTimeout(() => signalGroup(child.pid, "SIGKILL"), KILL_AFTER_MS);
  };
  const timer = setTimeout(() => {
    late = true;
    end();
  }, options.budgetMs);
  options.signal?.addEventListener("abort", end, { once: true });
  try {
    const code = await ended;
    options.signal?.throwIfAborted();
    if (!late) return { code, stdout: stdout(), stderr: stderr() };
    const words = lastWords(stderr());
    throw new ClusterUnavailableError(`${commandOf(program, args)}: no end within ${options.budgetMs} ms.${words}`);
  } finally {
    if (child.pid !== undefined) guard.release(child.pid);
    clearTimeout(timer);
    clearTimeout(killer);
    options.signal?.removeEventListener("abort", end);
  }
}

/**
 * The same for a program that must succeed: gives what it wrote to stdout.
 * @throws ClusterUnavailableError that quotes its last words, where it ends with another code than 0
 */
export async function output(program: string, args: readonly string[], options: ProgramOptions): Promise<string> {
  const { code, stdout, stderr } = await runProgram(program, args, options);
  if (code === 0) return stdout;
  const how = code === null ? "was ended by a signal" : `ended with code ${code}`;
  throw new ClusterUnavailableError(`${commandOf(program, args)} ${how}.${lastWords(stderr || stdout)}`);
}

function unstartable(program: string, error: NodeJS.ErrnoException, { howToGet }: ProgramOptions): Error {
  const why = error.code === "ENOENT" ? "is not on PATH" : `cannot be started (${error.code ?? error.message})`;
  return new ClusterUnavailableError(`${program} ${why}. ${howToGet}`, { cause: error });
}

function commandOf(program: string, args: readonly string[]): string {
  return [program, ...args].join(" ");
}

function lastWords(text: string): string {
  const lines = text.trim().split("\n").slice(-QUOTED_LINES);
  return lines.join("") === "" ? "" : ` Its last words:\n${lines.join("\n")}`;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const pieces: Buffer[] = [];
  let length = 0;
  stream.on("data", (piece: Buffer) => {
    length += piece.length;
    if (length <= LONGEST_OUTPUT) pieces.push(piece);
  });
  return () => Buffer.concat(pieces).toString("utf8");
}
