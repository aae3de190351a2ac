import { emptyClaims, releaseCluster, staleClaims, type Claim } from "./claim.ts";
import { deleteCluster, listClusters } from "./commands.ts";

/**
 * Deletes the clusters of runs on this host that ended without taking them down. A live owner's cluster is not touched, nor
 * one that was kept, nor one that nobody claims. Claims to kept clusters that somebody has deleted are given up.
 * @param kubeconfig any file but the user's: kind takes the cluster out of it
 */
export async function removeStaleClusters(
  claims: readonly Claim[],
  kubeconfig: string,
  tell: (text: string) => void,
): Promise<void> {
  const up = claims.some(({ kept }) => kept) ? await listClusters() : [];
  for (const { cluster } of emptyClaims(claims, up)) await releaseCluster(cluster);
  for (const { cluster, run } of staleClaims(claims)) {
    tell(`deleting kind cluster ${cluster}: its run ${run} has ended`);
    await deleteCluster(cluster, kubeconfig);
    await releaseCluster(cluster);
  }
}
