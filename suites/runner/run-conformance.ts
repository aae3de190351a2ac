import { randomBytes, randomInt } from "node:crypto";
import { setMaxListeners } from "node:events";
import { join } from "node:path";
import type { ClusterProvider } from "../../cluster/index.ts";
import { defaultTarget } from "../../server-mock/contract/index.ts";
import { fileSink, openTranscript, readTranscriptFile, sha256, type Transcript } from "../../transcript/index.ts";
import { readFaults } from "../fault-script/index.ts";
import { createHistoryReader } from "../history/index.ts";
import { judgeTranscript } from "../judge.ts";
import type { Plan, PlannedCluster, PlannedScenario } from "../plan.ts";
import type { Results } from "../results.ts";
import { findScenario } from "../scenarios/index.ts";
import { blameFor, messageOf } from "./blame.ts";
import { driverFor } from "./driver-for.ts";
import type { ClusterOpened, RunEnded, RunHeader, RunInterrupted, RunStall, RunTrouble } from "./events.ts";
import { followTranscript } from "./live-history.ts";
import { makeFolder } from "./make-folder.ts";
import { makePlan, namesOf } from "./make-plan.ts";
import { openProvider } from "./open-provider.ts";
import { RunEnvironmentError, type RunOptions, type RunOutcome, type RunProgress } from "./options.ts";
import { packageVersion } from "./package-version.ts";
import { plannedAgent } from "./planned-agent.ts";
import { runTenant, type TenantContext } from "./run-tenant.ts";
import { sideBySide } from "./side-by-side.ts";
import { watchedSink } from "./watched-sink.ts";
import { watchStalls } from "./watch-stalls.ts";

const DEFAULT_JOBS = 8;

/** The plan of a run with these options, as `--dry-run` shows it. @throws SelectionError */
export function planFor(options: Omit<RunOptions, "out">, now: Date = new Date()): Plan {
  return makePlan({
    version: packageVersion(),
    runId: newRunId(now),
    startedAt: now.toISOString(),
    seed: options.seed ?? randomInt(2 ** 31),
    target: options.target ?? defaultTarget,
    profiles: options.profiles ?? ["core"],
    features: options.features ?? [],
    only: options.only ?? [],
    intervalMs: options.intervalMs ?? 1_000,
    callTimeoutMs: options.callTimeoutMs ?? 15_000,
    budgetScale: options.budgetScale ?? 1,
    ...(options.startTimeoutMs === undefined ? {} : { startTimeoutMs: options.startTimeoutMs }),
    agent: plannedAgent(options),
    ...configurationOf(options),
    cluster: plannedCluster(options),
    failOn: options.failOn ?? "must",
    ...(options.clusterRole && { clusterRole: options.clusterRole }),
    ...(options.repeat === undefined || options.repeat === 1 ? {} : { repeat: options.repeat }),
    size: sizeOf(options),
    ...(options.baseline && { baseline: options.baseline }),
    ...(options.faults && { faults: options.faults }),
  });
}

function sizeOf({ pods, nodes }: Omit<RunOptions, "out">): { readonly pods?: number; readonly nodes?: number } {
  return { ...(pods === undefined ? {} : { pods }), ...(nodes === undefined ? {} : { nodes }) };
}

function plannedCluster({ cluster = { kind: "embedded" }, kubernetesVersion }: Omit<RunOptions, "out">): PlannedCluster {
  if (cluster.kind === "embedded") return { kind: "embedded", version: kubernetesVersion ?? "1.30" };
  const readOnly = cluster.kind === "kubeconfig" && cluster.readOnly === true;
  return { kind: cluster.kind, ...(cluster.proxy === false ? { direct: true } : {}), ...(readOnly ? { readOnly } : {}) };
}

function configurationOf({ kubernetesResources = [], template }: Omit<RunOptions, "out">): Pick<Plan, "configuration"> {
  if (kubernetesResources.length === 0 && template === undefined) return {};
  return {
    configuration: {
      ...(kubernetesResources.length === 0 ? {} : { kubernetesResources }),
      ...(template === undefined ? {} : { template: { name: template.name, sha256: sha256(template.text) } }),
    },
  };
}

/**
 * Runs an agent through the planned scenarios, writes `transcript.jsonl` into the out folder, and judges the transcript
 * as it stands in the file. What went wrong in the harness or the environment is in the transcript and the results.
 *
 * @param plan default: made from the options
 * @throws SelectionError where the options select nothing; RunEnvironmentError where the out folder cannot be written
 */
export async function runConformance(options: RunOptions, plan: Plan = planFor(options)): Promise<RunOutcome> {
  const path = join(options.out, "transcript.jsonl");
  const tell = teller(options);
  const ending = new AbortController();
  const onAbort = () => ending.abort(options.signal?.reason);
  if (options.signal?.aborted === true) onAbort();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  let broken: RunEnvironmentError | undefined;
  const onFailure = (error: unknown) => {
    broken = new RunEnvironmentError(`${path} cannot be written any more: ${messageOf(error)}`, { cause: error });
    ending.abort(broken);
  };
  {
    await using transcript = openFile(options.out, path, onFailure);
    using history = followTranscript(transcript, createHistoryReader());
    transcript.tenant("").record<RunHeader>({ side: "run", kind: "header", format: 1, plan });
    tell({ event: "planned", plan });
    await runScenarios({ ...options, signal: ending.signal }, { plan, transcript, history }, tell);
  }
  options.signal?.removeEventListener("abort", onAbort);
  return { plan, results: judged(path, broken), transcript: path, ...(broken && { broken }) };
}

/** @throws RunEnvironmentError where not even the header could be written */
function judged(path: string, broken: RunEnvironmentError | undefined): Results {
  try {
    return judgeTranscript(readTranscriptFile(path));
  } catch (error) {
    throw broken ?? error;
  }
}

type Run = Pick<TenantContext, "plan" | "transcript" | "history">;

async function runScenarios(
  options: RunOptions,
  { plan, transcript, history }: Run,
  tell: (event: RunProgress) => void,
): Promise<void> {
  const run = transcript.tenant("");
  const signal = options.signal ?? new AbortController().signal;
  const trouble = (error: unknown) => {
    const { blame, text } = blameFor(error);
    run.record<RunTrouble>({ side: "run", kind: "trouble", blame, text });
  };
  const logs = join(options.out, "cluster-logs");
  let failed = false;
  const patched = new Set<string>();
  const leave = transcript.subscribe((line) => {
    if (line.side === "run" && line.kind === "trouble") {
      failed = true;
      tell({ event: "trouble", blame: line["blame"] as RunTrouble["blame"], text: String(line["text"]) });
    }
    if (line.side === "agent" && line.kind === "applied" && line["patch"] !== undefined) {
      const object = String(line["object"]);
      if (patched.has(object)) return;
      patched.add(object);
      tell({ event: "patched", object, patch: line["patch"] });
    }
  });
  const onInterrupt = () => run.record<RunInterrupted>({ side: "run", kind: "interrupted", signal: messageOf(signal.reason) });
  // Every wait of every scenario listens to it.
  setMaxListeners(0, signal);
  if (signal.aborted) onInterrupt();
  signal.addEventListener("abort", onInterrupt, { once: true });

  using _stalls = watchStalls(
    () => transcript.now(),
    (ms) => void run.record<RunStall>({ side: "run", kind: "stall", ms }),
  );
  try {
    const { template } = options;
    await using provider = await openProvider({ ...options, logs, onProgress: tell }, plan, signal);
    if (plan.cluster.version === undefined) {
      run.record<ClusterOpened>({ side: "run", kind: "cluster-opened", version: provider.version });
    }
    await using driver = await driverFor(options, plan, (invitation) => tell({ event: "attach", ...invitation }));
    const given = plan.faults === undefined ? [] : readFaults(plan.faults.text, plan.faults.name, namesOf(plan.scenarios));
    const one = async (planned: PlannedScenario) => {
      const scenario = findScenario(planned.name);
      if (signal.aborted || scenario === undefined) return;
      const began = transcript.now();
      tell({ event: "scenario-started", scenario: planned.tenant });
      const outcome = await runTenant(
        { plan, transcript, history, provider, driver, given, signal, ...(template && { template }) },
        planned,
        scenario,
      );
      history.forget(planned.tenant);
      if (outcome.aborted !== undefined) failed = true;
      tell({ event: "scenario-ended", scenario: planned.tenant, tookMs: transcript.now() - began, ...outcome });
    };
    const { turns } = options;
    const inTurn = turns === undefined ? one : (planned: PlannedScenario) => turns.take(() => one(planned));
    const places = Math.min(options.jobs ?? DEFAULT_JOBS, provider.jobs, driver.jobs);
    await sideBySide(plan.scenarios, places, inTurn, ({ name }) => (isLarge(name) ? Math.ceil(places / 2) : 1));
    if (failed && !signal.aborted) await keepLogs(provider, logs, tell);
  } catch (error) {
    if (!signal.aborted) trouble(error);
  }
  signal.removeEventListener("abort", onInterrupt);
  if (!signal.aborted) run.record<RunEnded>({ side: "run", kind: "run-ended" });
  leave();
}

/** Whether a story moves thousands of objects: several at once would be slow by each other, which no agent can help. */
function isLarge(name: string): boolean {
  return findScenario(name)?.profile === "scale";
}

/** What the record cannot tell of a scenario that ended early, the cluster's own logs may. */
async function keepLogs(provider: ClusterProvider, folder: string, tell: (event: RunProgress) => void): Promise<void> {
  if (provider.exportLogs === undefined) return;
  tell({ event: "cluster", text: `keeping its logs in ${folder}` });
  // Without them there is still what they would explain.
  await provider.exportLogs(folder).catch((error: unknown) => tell({ event: "cluster", text: `no logs: ${messageOf(error)}` }));
}

/** Makes the folder and the transcript in it, which must not exist. */
function openFile(out: string, path: string, onFailure: (error: unknown) => void): Transcript {
  try {
    makeFolder(out);
    return openTranscript(watchedSink(fileSink(path), onFailure));
  } catch (error) {
    const taken = error instanceof Error && "code" in error && error.code === "EEXIST";
    const why = taken ? "it is there already, from another run; choose another folder" : messageOf(error);
    throw new RunEnvironmentError(`${path} cannot be written: ${why}`, { cause: error });
  }
}

/** Sorts by time, and differs for runs of the same second. */
function newRunId(now: Date): string {
  return `${now.toISOString().replaceAll(/[-:]|\.\d+/g, "")}-${randomBytes(2).toString("hex")}`;
}

/** A listener that fails is not the run's trouble. */
function teller({ onProgress }: RunOptions): (event: RunProgress) => void {
  return (event) => {
    try {
      onProgress?.(event);
    } catch {
      // told to nobody
    }
  };
}
