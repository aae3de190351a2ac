import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { createGuard } from "../../common/processes/guard.ts";
import type { KubernetesRelease } from "../embedded/catalog/index.ts";
import type { GeneratedObject } from "../embedded/generator/index.ts";
import { fillCluster } from "../envtest/fill.ts";
import type { EnvtestOptions } from "../envtest/options.ts";
import { startEnvtestCluster, type EnvtestCluster } from "../envtest/start.ts";
import type { ClusterProvider, ClusterRequest, ScenarioCluster } from "../provider.ts";
import { customKindsOf, defineKinds, nearestRelease } from "../shared/custom-kinds.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import { observeScenario } from "./observed.ts";

/** What the control planes of a run are like. */
export interface EnvtestProviderOptions {
  /** Folder with `etcd` and `kube-apiserver`. Default: the environment's KUBEBUILDER_ASSETS. */
  readonly assets?: string;
  readonly features: readonly string[];
  /** What each is filled with, for the release that is nearest to the server's. */
  readonly objectsFor: (release: KubernetesRelease["id"]) => readonly GeneratedObject[];
  /** Resource keys that the harness watches. */
  readonly observed: readonly string[];
  /** The agent goes to the API server itself, unless a scenario wants faults. */
  readonly direct?: boolean;
  /** Aborting gives up the start. */
  readonly signal: AbortSignal;
}

/** The range of the generated Services. */
const FLAGS = ["--service-cluster-ip-range=10.96.0.0/12"];
/** A kube-apiserver that starts takes a processor for seconds; one that runs is idle for most of the time. */
const JOBS = 2 * availableParallelism();

/**
 * Gives each scenario a kube-apiserver and an etcd of its own. The first one is filled; all others begin with its data, since
 * filling takes longer than starting.
 *
 * @throws ClusterUnavailableError where a program is missing, or does not start; the signal's reason
 */
export async function envtestProvider(options: EnvtestProviderOptions): Promise<ClusterProvider> {
  const { signal } = options;
  const folder = mkdtempSync(join(tmpdir(), "conformance-seed-"));
  const guard = createGuard();
  guard.watchFolder(folder);
  const dispose = async () => {
    await guard.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const data = join(folder, "data");
    const { filled, version } = await fillOne(options, data);
    let turn: Promise<unknown> = Promise.resolve();
    const inTurn = (start: () => Promise<EnvtestCluster>): Promise<EnvtestCluster> => {
      const started = turn.then(start, start);
      turn = started;
      return started;
    };
    return {
      kind: "envtest",
      version,
      isolation: "own",
      jobs: JOBS,
      open: async (request) => {
        const start = () =>
          startEnvtestCluster({ ...startOptions(options, request.signal), ...(request.rules && { rules: request.rules }), data });
        // One after the other: all at once take as long, and keep agents from the processor that are being judged.
        const cluster = await available(request.signal, () => inTurn(start));
        return open(request, options, cluster, filled);
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    signal.throwIfAborted();
    throw error;
  }
}

async function fillOne(options: EnvtestProviderOptions, data: string) {
  const { signal } = options;
  const cluster = await available(signal, () => startEnvtestCluster({ ...startOptions(options, signal), rules: [] }));
  try {
    await defineKinds(cluster, customKindsOf(cluster.version, options.features), { signal });
    const filled = await fillCluster(cluster, options.objectsFor(nearestRelease(cluster.version).id));
    const { version } = cluster;
    await cluster.keepData(data);
    return { filled, version };
  } finally {
    await cluster[Symbol.asyncDispose]();
  }
}

async function open(
  request: ClusterRequest,
  { observed, direct = false }: EnvtestProviderOptions,
  cluster: EnvtestCluster,
  filled: readonly GeneratedObject[],
): Promise<ScenarioCluster> {
  const { kind, version, url, caPem, token, hand, lost } = cluster;
  try {
    const scenario = await observeScenario(request, {
      kind,
      version,
      urls: { host: url },
      caPem,
      upstream: { url, caPem },
      token,
      writes: cluster,
      reads: hand,
      filled,
      observed,
      direct,
      compact: () => cluster.forgetHistory(),
      lost,
    });
    return {
      ...scenario,
      async [Symbol.asyncDispose]() {
        await scenario[Symbol.asyncDispose]();
        await cluster[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
}

function startOptions({ assets }: EnvtestProviderOptions, signal: AbortSignal): EnvtestOptions {
  return { apiServerFlags: FLAGS, signal, ...(assets === undefined ? {} : { assets }) };
}

/** The environment is to blame where a control plane does not start. */
async function available<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    signal.throwIfAborted();
    throw new ClusterUnavailableError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
