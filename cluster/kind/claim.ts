import { hasEnded, readOwner, thisOwner, writeOwner, type Owner } from "../shared/owner.ts";
import { askDocker, changeDocker } from "./commands.ts";

/**
 * Who made which cluster. kind's containers cannot be given labels, so an empty Docker volume of the cluster's name carries
 * them: made before the cluster and removed after it, in the same engine. A cluster without one is not ours.
 */
export interface Claim {
  readonly cluster: string;
  /** `HOST/PID/START`; see owner.ts. */
  readonly owner: string;
  readonly run: string;
  /** Its owner leaves it up on purpose. */
  readonly kept: boolean;
}

const RUN = "deepflow-conformance.io/run";
const OWNER = "deepflow-conformance.io/owner";
const KEPT = "deepflow-conformance.io/kept";

/** Claims a cluster that is about to be made. */
export async function claimCluster(cluster: string, run: string, kept: boolean, signal?: AbortSignal): Promise<void> {
  const labels = [`${RUN}=${run}`, `${OWNER}=${writeOwner(thisOwner())}`, ...(kept ? [`${KEPT}=true`] : [])];
  await changeDocker(["volume", "create", ...labels.flatMap((label) => ["--label", label]), cluster], signal);
}

/** Gives a claim up, after its cluster is gone. */
export async function releaseCluster(cluster: string): Promise<void> {
  await changeDocker(["volume", "rm", "--force", cluster]);
}

/** All claims in this engine, of every run. */
export async function listClaims(signal?: AbortSignal): Promise<readonly Claim[]> {
  const names = (await askDocker(["volume", "ls", "--quiet", "--filter", `label=${OWNER}`], signal)).split(/\s+/).filter(Boolean);
  if (names.length === 0) return [];
  const told = await askDocker(["volume", "inspect", "--format", "{{.Name}} {{json .Labels}}", ...names], signal);
  return told
    .trim()
    .split("\n")
    .map((line) => {
      const at = line.indexOf(" ");
      const labels = JSON.parse(line.slice(at + 1)) as Readonly<Record<string, string>>;
      return {
        cluster: line.slice(0, at),
        owner: labels[OWNER] ?? "",
        run: labels[RUN] ?? "",
        kept: labels[KEPT] === "true",
      };
    });
}

/** Those whose owner has ended on this host without having kept them. What another host claims is never stale. */
export function staleClaims(claims: readonly Claim[], self = thisOwner()): readonly Claim[] {
  return claims.filter((claim) => !claim.kept && isOver(claim, self));
}

/** Those to clusters that were kept, and that somebody has deleted since. @param up the clusters that there are */
export function emptyClaims(claims: readonly Claim[], up: readonly string[], self = thisOwner()): readonly Claim[] {
  return claims.filter((claim) => claim.kept && !up.includes(claim.cluster) && isOver(claim, self));
}

function isOver({ owner }: Claim, self: Owner): boolean {
  const known = readOwner(owner);
  return known !== undefined && hasEnded(known, self) === true;
}
