import { kubeconfigFor } from "../kubeconfig.ts";
import { findRelease } from "../embedded/catalog/index.ts";
import type { GeneratedObject } from "../embedded/generator/index.ts";
import { startEmbeddedCluster } from "../embedded/start.ts";
import { type AgentConnection, type ClusterProvider, type ClusterRequest, LOOPBACK, type ScenarioCluster } from "../provider.ts";

/** What the embedded clusters of a run are like. */
export interface EmbeddedProviderOptions {
  readonly kubernetesVersion: "1.20" | "1.30";
  readonly features: readonly string[];
  /** What each is filled with; shared, so never changed. */
  readonly objects: readonly GeneratedObject[];
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

async function open(
  options: EmbeddedProviderOptions,
  { recorder, rules, host = LOOPBACK }: ClusterRequest,
): Promise<ScenarioCluster> {
  const cluster = await startEmbeddedCluster({ ...options, host: host.listen, recorder, ...(rules && { rules }) });
  const { caPem, token } = cluster;
  const url = `https://${host.name}:${new URL(cluster.url).port}`;
  const connection: AgentConnection = { url, caPem, token, kubeconfig: kubeconfigFor({ url, caPem, token }) };
  return {
    ...cluster,
    filled: options.objects,
    connection: () => connection,
    compact: async () => cluster.compact(),
  };
}
