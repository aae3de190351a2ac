import { writeFileSync } from "node:fs";
import { readContext } from "../kubeconfig/read.ts";
import { unreachable } from "../remote/unreachable.ts";
import type { Claim } from "./claim.ts";
import { listClusters, readClusterKubeconfig } from "./commands.ts";
import { takeLease, type ClusterLease } from "./lease.ts";

/** A cluster that was kept for others, and is this run's for a while. */
export interface TakenCluster {
  readonly name: string;
  readonly lease: ClusterLease;
}

/**
 * Takes a cluster of ours that is up, kept, and used by nobody; undefined where there is none.
 * @param kubeconfig file to which its administrator's kubeconfig is written
 */
export async function takeKept(
  claims: readonly Claim[],
  kubeconfig: string,
  tell: (text: string) => void,
  signal?: AbortSignal,
): Promise<TakenCluster | undefined> {
  const up = new Set(await listClusters(signal));
  for (const { cluster: name } of claims.filter(({ kept, cluster }) => kept && up.has(cluster))) {
    writeFileSync(kubeconfig, await readClusterKubeconfig(name, signal), { mode: 0o600 });
    try {
      const lease = await takeLease(readContext([kubeconfig], `kind-${name}`));
      if (lease !== undefined) return { name, lease };
      tell(`kind cluster ${name} is another run's at present`);
    } catch (error) {
      signal?.throwIfAborted();
      if (!unreachable(error)) throw error;
      tell(`kind cluster ${name} is kept, and does not answer`);
    }
  }
  return undefined;
}
