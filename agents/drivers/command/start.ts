import { spawn, type ChildProcess } from "node:child_process";
import { signalGroup } from "../../../common/processes/group.ts";
import type { Recorder } from "../../../transcript/index.ts";
import type { AgentExited, AgentSignalled, AgentStarted, AgentStarved, AgentUnstartable } from "../events.ts";
import { AgentUnstartableError, type AgentExit, type RunningAgent } from "../driver.ts";
import { within } from "../within.ts";
import { createOutputKeeper, OUTPUT_LIMIT_BYTES, type LogTarget, type OutputKeeper } from "../output.ts";
import { killEscaped, MARK_VARIABLE, nextMark } from "./escaped.ts";
import { agentGuard } from "./guard.ts";
import { watchStarvation } from "./starvation.ts";

/** How to start an agent as a command. */
export interface CommandAgentOptions {
  /** Program and arguments, placeholders already filled in. Found through PATH; no shell is involved. */
  readonly command: readonly string[];
  /** Added to the harness's own environment; undefined takes away. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly recorder: Recorder;
  /** Number of this start within the scenario, from 1. */
  readonly life: number;
  /** Where the output goes beside the transcript. */
  readonly logFile?: LogTarget;
  /** Bytes of output that are kept of this life; the rest is counted. Default 1 MiB. */
  readonly outputLimitBytes?: number;
  /** Aborting kills the agent at once. */
  readonly signal?: AbortSignal;
}

/** A started process; disposing kills its whole group. What the leader leaves behind, in whatever group, is killed when it ends. */
export interface CommandAgent extends RunningAgent {
  readonly pid: number;
}

/** How long output may still trickle in after the leader's end: a process that left the group may hold the pipe for ever. */
const DRAIN_MS = 500;

/**
 * Starts an agent in a process group of its own and records `started`, `output`, `starved`, `signalled`, `exited`.
 *
 * @throws AgentUnstartableError after an `unstartable` line: no such file, not executable, an empty command
 */
export async function startCommandAgent(options: CommandAgentOptions): Promise<CommandAgent> {
  const { command, recorder, life } = options;
  const output = createOutputKeeper(recorder, options.outputLimitBytes ?? OUTPUT_LIMIT_BYTES, options.logFile);
  const mark = nextMark();
  let child: ChildProcess;
  try {
    options.signal?.throwIfAborted();
    agentGuard.start();
    child = await spawned(command, { ...process.env, ...options.env, [MARK_VARIABLE]: mark });
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    const problem = explainSpawnError(command[0] ?? "", error);
    recorder.record<AgentUnstartable>({ side: "agent", kind: "unstartable", problem });
    throw new AgentUnstartableError(problem, { cause: error });
  }
  const pid = child.pid as number; // set once "spawn" was emitted
  agentGuard.watch(pid);
  recorder.record<AgentStarted>({ side: "agent", kind: "started", life, pid, command });
  const starvation = watchStarvation(pid, (ms) => recorder.record<AgentStarved>({ side: "agent", kind: "starved", life, ms }));
  const { exited, drained } = follow(child, { pid, mark }, output, (exit) => {
    starvation[Symbol.dispose]();
    recorder.record<AgentExited>({ side: "agent", kind: "exited", life, ...exit });
  });

  let ended = false;
  void exited.then(() => (ended = true));

  function signal(name: NodeJS.Signals): void {
    if (ended) return;
    recorder.record<AgentSignalled>({ side: "agent", kind: "signalled", life, signal: name });
    signalGroup(pid, name);
  }

  async function stop(graceMs: number): Promise<"left" | "killed"> {
    signal("SIGTERM");
    const outcome = ended || (await within(exited, graceMs)) ? "left" : "killed";
    if (outcome === "killed") signal("SIGKILL");
    await drained;
    return outcome;
  }

  async function kill(): Promise<void> {
    signal("SIGKILL");
    await drained;
  }

  const onAbort = () => signal("SIGKILL");
  options.signal?.addEventListener("abort", onAbort, { once: true });
  void exited.then(() => options.signal?.removeEventListener("abort", onAbort));
  if (options.signal?.aborted === true) onAbort();

  return { pid, life, exited, signal, stop, [Symbol.asyncDispose]: kill };
}

async function spawned(command: readonly string[], env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const [program, ...args] = command;
  if (program === undefined || program === "") throw new Error("the command is empty");
  const child = spawn(program, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  child.on("error", () => {}); // a later failed kill is no news: the end is told by "exit"
  return child;
}

function follow(
  child: ChildProcess,
  { pid, mark }: { readonly pid: number; readonly mark: string },
  output: OutputKeeper,
  onExit: (exit: AgentExit) => void,
) {
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.on("data", (bytes: Buffer) => output.take(stream, bytes));
    child[stream]?.on("error", () => {}); // a broken pipe ends the output, nothing else
  }
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const exited = new Promise<AgentExit>((resolve) => {
    child.once("exit", (code, signal) => {
      signalGroup(pid, "SIGKILL"); // children that outlive the leader
      agentGuard.release(pid);
      const exit = { code, signal };
      onExit(exit);
      resolve(exit);
    });
  });
  const drain = async () => {
    await exited;
    await killEscaped(mark);
    await within(closed, DRAIN_MS);
    child.stdout?.destroy();
    child.stderr?.destroy();
    output.finish();
  };
  return { exited, drained: drain() };
}

function explainSpawnError(program: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const quoted = JSON.stringify(program);
  switch (code) {
    case "ENOENT":
      return `no such program: ${quoted}. Give a path, or the name of something on PATH; the command is not run by a shell`;
    case "EACCES":
      return `${quoted} is not executable: chmod +x it, or name its interpreter first`;
    default:
      return `${quoted} cannot be started: ${error instanceof Error ? error.message : String(error)}`;
  }
}
