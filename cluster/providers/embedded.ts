import { kubeconfigFor } from "../kubeconfig.ts";
import { findRelease } from "../embedded/catalog/index.ts";
import type { GeneratedObject } from "../embedded/generator/index.ts";
import type { Recorder } from "../../transcript/index.ts";
import { startEmbeddedCluster } from "../embedded/start.ts";
import { startApiProxy } from "../proxy/start.ts";
import { createScope } from "../shared/scope.ts";
import {
  type AgentConnection,
  type ClusterProvider,
  type ClusterRequest,
  type ClusterSize,
  LOOPBACK,
  type ScenarioCluster,
} from "../provider.ts";

/** What the embedded clusters of a run are like. */
export interface EmbeddedProviderOptions {
  readonly kubernetesVersion: "1.20" | "1.30";
  readonly features: readonly string[];
  /** What each is filled with; shared, so never changed. */
  readonly objects: readonly GeneratedObject[];
  /** What those are filled with of which a size is asked. */
  readonly objectsOf?: (size: ClusterSize) => readonly GeneratedObject[];
}

/**
 * Gives each scenario an API server in this process.
 * @throws RangeError for a Kubernetes version that there is none of
 */
export function embeddedProvider(options: EmbeddedProviderOptions): ClusterProvider {
  const version = findRelease(options.kubernetesVersion)?.versionInfo["gitVersion"];
  if (version === undefined) throw new RangeError(`there is no embedded Kubernetes ${options.kubernetesVersion}`);
  return {
    kind: "embedded",
    version,
    isolation: "own",
    jobs: Number.POSITIVE_INFINITY,
    open: (request) => open(options, request),
    [Symbol.asyncDispose]: async () => {},
  };
}

async function open(options: EmbeddedProviderOptions, request: ClusterRequest): Promise<ScenarioCluster> {
  const { recorder, rules, host = LOOPBACK, faults = false, seed, size } = request;
  const objects = (size && options.objectsOf?.(size)) ?? options.objects;
  const { scope, cluster, proxy } = await start();
  const { token } = cluster;
  const { caPem } = proxy ?? cluster;
  const url = `https://${host.name}:${new URL((proxy ?? cluster).url).port}`;
  const connection: AgentConnection = { url, caPem, token, kubeconfig: kubeconfigFor({ url, caPem, token }) };
  return {
    ...cluster,
    filled: objects,
    connection: () => connection,
    ...(proxy && { faults: proxy }),
    compact: async () => cluster.compact(),
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  };

  async function start() {
    const made = createScope();
    try {
      const server = await startEmbeddedCluster({
        ...options,
        objects,
        ...(faults ? {} : { host }),
        recorder: faults ? withoutRequests(recorder) : recorder,
        ...(rules && { rules }),
      });
      made.defer(async () => server[Symbol.asyncDispose]());
      if (!faults) return { scope: made, cluster: server };
      const before = await startApiProxy({
        upstream: server,
        recorder,
        listenHost: host.listen,
        hosts: [host.name],
        seed,
      });
      made.defer(async () => before[Symbol.asyncDispose]());
      return { scope: made, cluster: server, proxy: before };
    } catch (error) {
      await made[Symbol.asyncDispose]();
      throw error;
    }
  }
}

/** What the server holds and commits; what the agent asks and gets is recorded by the proxy, which knows what arrived. */
function withoutRequests(recorder: Recorder): Recorder {
  const record: Recorder["record"] = (event) =>
    event.kind === "state" || event.kind === "commit" ? recorder.record(event) : { ...event, seq: -1, t: 0, tenant: "" };
  return { ...recorder, record };
}
