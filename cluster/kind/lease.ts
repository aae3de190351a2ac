import { ApiError } from "../embedded/api/status.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import { RemoteAdmin } from "../remote/admin.ts";
import type { RemoteAccess } from "../remote/access.ts";
import { AdminClient } from "../remote/client.ts";
import { unlessNotFound } from "../shared/agent-identity.ts";
import { hasEnded, readOwner, thisOwner, writeOwner } from "../shared/owner.ts";

const LEASES = "leases.coordination.k8s.io";
const REF = { namespace: "kube-system", name: "deepflow-conformance" };

/** The right of one run to a cluster that is kept for several. Disposing gives it back. */
export type ClusterLease = AsyncDisposable;

/**
 * Takes a kept cluster for this process by a Lease in it, of which there is one: two runs that want the same cluster at the
 * same time are told apart by the API server.
 * @returns undefined where another run has it
 */
export async function takeLease(access: RemoteAccess): Promise<ClusterLease | undefined> {
  const client = new AdminClient(access);
  const admin = new RemoteAdmin(client, "finalize");
  try {
    const present = await admin.get(LEASES, REF);
    const taken = present === undefined ? admin.create(LEASES, lease()) : takeOver(admin, present);
    if ((await taken) === undefined) {
      client.close();
      return undefined;
    }
  } catch (error) {
    client.close();
    if (error instanceof ApiError && error.code === 409) return undefined; // somebody was quicker
    throw error;
  }
  return {
    async [Symbol.asyncDispose]() {
      await admin.delete(LEASES, REF).catch(unlessNotFound);
      client.close();
    },
  };
}

/** The present version goes with the write, so that only one of several succeeds. */
async function takeOver(admin: RemoteAdmin, present: KubeObject): Promise<KubeObject | undefined> {
  const { holderIdentity = "" } = (present["spec"] ?? {}) as { readonly holderIdentity?: string };
  const holder = readOwner(holderIdentity);
  // Of another host's run it cannot be known; it is left to it.
  if (holder !== undefined && hasEnded(holder) !== true) return undefined;
  return admin.update(LEASES, { ...present, spec: lease()["spec"] });
}

function lease(): KubeObject {
  const spec = { holderIdentity: writeOwner(thisOwner()), renewTime: `${new Date().toISOString().slice(0, 23)}000Z` };
  return { kind: "Lease", apiVersion: "coordination.k8s.io/v1", metadata: REF, spec };
}
