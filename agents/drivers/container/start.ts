import { PassThrough } from "node:stream";
import type { Recorder } from "../../../transcript/index.ts";
import { AgentUnstartableError, type AgentExit, type RunningAgent } from "../driver.ts";
import type { AgentExited, AgentResources, AgentSignalled, AgentStarted, AgentUnstartable } from "../events.ts";
import { createOutputKeeper, OUTPUT_LIMIT_BYTES, type OutputKeeper } from "../output.ts";
import { within } from "../within.ts";
import { type Engine, removeContainer, statusOf } from "./engine.ts";
import { type ContainerSettings, FILES_FOLDER } from "./settings.ts";
import { tarOf } from "./tar.ts";

/** What a container is started from. */
export interface ContainerStart {
  readonly engine: Engine;
  readonly image: string;
  readonly settings: ContainerSettings;
  readonly recorder: Recorder;
  readonly life: number;
}

type Container = Awaited<ReturnType<Engine["createContainer"]>>;

/** How long output may still trickle in after the container's end. */
const DRAIN_MS = 500;

/**
 * Creates and starts a container, and follows its output and its end. It is removed when it has ended.
 *
 * @throws AgentUnstartableError after an `unstartable` line: the engine refuses it (no such command in the image, mostly)
 */
export async function startContainer(start: ContainerStart): Promise<RunningAgent> {
  const { engine, image, settings, recorder, life } = start;
  const output = createOutputKeeper(recorder, OUTPUT_LIMIT_BYTES);
  const container = await create(start);
  const { closed } = await follow(container, output).catch(giveUp);
  // Asked for before the start, so that even an end in the same moment is seen.
  const waiting = container.wait({ condition: "next-exit" }) as Promise<{ readonly StatusCode: number }>;
  waiting.catch(() => {}); // read below, unless it never starts
  await container.start().catch(giveUp);
  recorder.record<AgentStarted>({ side: "agent", kind: "started", life, command: settings.args, image, container: container.id });

  let ended = false;
  let lastSignal: string | null = null;
  const exited = waiting.then(
    ({ StatusCode }) => recordExit(StatusCode),
    () => recordExit(null), // the engine is gone, or somebody removed the container
  );
  const drained = drain();
  drained.catch(() => {}); // told by whoever awaits it

  async function recordExit(status: number | null): Promise<AgentExit> {
    ended = true;
    const oomKilled = await wasOomKilled(container);
    const bySignal = status !== null && lastSignal !== null && status === 128 + (SIGNAL_NUMBERS[lastSignal] ?? -1);
    const exit = { code: bySignal ? null : status, signal: bySignal ? lastSignal : null };
    recorder.record<AgentExited>({ side: "agent", kind: "exited", life, ...exit, ...(oomKilled && { oomKilled }) });
    return exit;
  }

  async function drain(): Promise<void> {
    await exited;
    await within(closed, DRAIN_MS);
    output.finish();
    await removeContainer(engine, container.id);
  }

  function signal(name: NodeJS.Signals): void {
    if (ended) return;
    recorder.record<AgentSignalled>({ side: "agent", kind: "signalled", life, signal: name });
    lastSignal = name;
    container.kill({ signal: name }).catch(() => {}); // it has ended in the meantime, which is told by its exit
  }

  async function stop(graceMs: number): Promise<"left" | "killed"> {
    if (!ended) await recordResources(container, recorder, life);
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

  async function giveUp(error: unknown): Promise<never> {
    await removeContainer(engine, container.id);
    return refuse(start, error);
  }

  return { life, exited, signal, stop, [Symbol.asyncDispose]: kill };
}

/** What a container's status tells of a signal: 128 and its number. */
const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGTERM: 15, SIGKILL: 9 };

async function create(start: ContainerStart): Promise<Container> {
  const { engine, image, settings } = start;
  try {
    const container = await engine.createContainer({
      Image: image,
      ...(settings.args.length === 0 ? {} : { Cmd: [...settings.args] }),
      Env: [...settings.env],
      Labels: settings.labels,
      HostConfig: { ExtraHosts: ["host.docker.internal:host-gateway"] },
    });
    await container.putArchive(tarOf(FILES_FOLDER.slice(1), settings.files), { path: "/" });
    return container;
  } catch (error) {
    return refuse(start, error);
  }
}

function refuse({ image, recorder }: ContainerStart, error: unknown): never {
  if (statusOf(error) === 0) throw error;
  const problem = `the container engine does not start ${image}: ${error instanceof Error ? error.message : String(error)}`;
  recorder.record<AgentUnstartable>({ side: "agent", kind: "unstartable", problem });
  throw new AgentUnstartableError(problem, { cause: error });
}

/** @returns closed: resolves when both streams have ended */
async function follow(container: Container, output: OutputKeeper): Promise<{ readonly closed: Promise<void> }> {
  const attached = await container.attach({ stream: true, stdout: true, stderr: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  stdout.on("data", (bytes: Buffer) => output.take("stdout", bytes));
  stderr.on("data", (bytes: Buffer) => output.take("stderr", bytes));
  (container.modem as { demuxStream(from: unknown, out: unknown, err: unknown): void }).demuxStream(attached, stdout, stderr);
  attached.on("error", () => {}); // a broken connection ends the output, nothing else
  return { closed: new Promise((resolve) => attached.once("end", resolve).once("close", resolve)) };
}

async function wasOomKilled(container: Container): Promise<true | undefined> {
  try {
    return (await container.inspect()).State.OOMKilled ? true : undefined;
  } catch {
    return undefined;
  }
}

/** As far as the engine tells. */
async function recordResources(container: Container, recorder: Recorder, life: number): Promise<void> {
  try {
    const { cpu_stats: cpu, memory_stats: memory } = await container.stats({ stream: false, "one-shot": true });
    recorder.record<AgentResources>({
      side: "agent",
      kind: "resources",
      life,
      cpuMs: Math.round(cpu.cpu_usage.total_usage / 1e6),
      ...(memory.usage === undefined ? {} : { memoryBytes: memory.usage }),
      ...(memory.max_usage === undefined ? {} : { memoryPeakBytes: memory.max_usage }),
    });
  } catch {
    // no figures are better than none of the run
  }
}
