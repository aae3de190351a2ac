import { findAssets } from "../../cluster/envtest/assets.ts";
import { envtestProvider, generateCluster, type ClusterProvider, type ClusterSize } from "../../cluster/index.ts";

/** Why no kube-apiserver can be started here; undefined where one can. */
export function whyNoEnvtest(): string | undefined {
  try {
    findAssets();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Control planes that hold a generated cluster. @param size without one, that of the cluster that stories have */
export function openEnvtest(size: Partial<ClusterSize>): Promise<ClusterProvider> {
  return envtestProvider({
    features: [],
    objectsFor: (release) => generateCluster({ seed: 1, release, ...size }),
    observed: [],
    direct: true,
    signal: new AbortController().signal,
  });
}
