import { hasEnded, readOwner } from "../shared/owner.ts";
import type { Claim } from "./claim.ts";
import { listClusters } from "./commands.ts";

/** The name of a cluster of ours that is up and that its owner has left on purpose; undefined where there is none. */
export async function findReusable(claims: readonly Claim[], signal?: AbortSignal): Promise<string | undefined> {
  const up = new Set(await listClusters(signal));
  return claims.find((claim) => isFree(claim) && up.has(claim.cluster))?.cluster;
}

/** Kept, and its maker has ended: one of another host counts as ended, since it was kept for others. */
function isFree({ kept, owner }: Claim): boolean {
  const known = readOwner(owner);
  return kept && known !== undefined && hasEnded(known) !== false;
}
