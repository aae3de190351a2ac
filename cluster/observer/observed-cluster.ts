import { ApiError } from "../embedded/api/status.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import type { Cluster, ObjectRef } from "../port.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import { seenOf, type Ledger } from "./ledger.ts";

/** How long the record of a deletion is awaited, in milliseconds; it comes by a watch of the harness. */
const GONE_MS = 5_000;

/** The harness's hand in a cluster, as far as it writes and reads. */
export type Hand = Pick<Cluster, "get" | "list" | "create" | "update" | "patch" | "delete">;

/**
 * The harness's own writes, told to the ledger: when one is done, its commit stands in the record. What the network or the
 * server fails at is trouble of the environment.
 */
export function observedWrites(cluster: Hand, ledger: Ledger): Hand {
  async function written(resource: string, writing: Promise<KubeObject>): Promise<KubeObject> {
    const object = await blamed(writing);
    ledger.saw(resource, seenOf(object));
    return object;
  }
  return {
    get: (resource, ref) => blamed(cluster.get(resource, ref)),
    list: (resource, query) => blamed(cluster.list(resource, query)),
    create: (resource, object) => written(resource, cluster.create(resource, object)),
    update: (resource, object) => written(resource, cluster.update(resource, object)),
    patch: (resource, ref, patch) => written(resource, cluster.patch(resource, ref, patch)),
    async delete(resource, ref) {
      const before = await blamed(cluster.get(resource, ref));
      await blamed(cluster.delete(resource, ref));
      const uid = before?.metadata.uid;
      if (uid !== undefined && ledger.has(uid) && (await isGone(cluster, resource, ref, uid)))
        await within(ledger.untilGone(uid));
    },
  };
}

/** A finalizer may hold what was deleted, for as long as it likes. */
async function isGone(cluster: Hand, resource: string, ref: ObjectRef, uid: string): Promise<boolean> {
  return (await blamed(cluster.get(resource, ref)))?.metadata.uid !== uid;
}

async function within(done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GONE_MS);
  });
  await Promise.race([done, late]);
  clearTimeout(timer);
}

/** What the server refuses since the request is wrong is the harness's own fault; all else is the environment's. */
async function blamed<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || error instanceof ClusterUnavailableError) throw error;
    if (error instanceof ApiError && [400, 404, 405, 409, 415, 422].includes(error.code)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterUnavailableError(`the API server failed at what the scenario wrote or read: ${why}`, { cause: error });
  }
}
