import type { KubeObject } from "../embedded/catalog/index.ts";
import type { RemoteAdmin } from "../remote/admin.ts";
import { awaitObjects } from "../remote/await-objects.ts";
import type { AdminClient } from "../remote/client.ts";
import { isReady, missingImage, whyNotReady } from "./fill/readiness.ts";

/** A cluster comes up within this, after its API server has. */
const SETTLE_MS = 120_000;

/**
 * Waits until a cluster that was just made has come to rest: its nodes and all its pods are ready. Deployments whose image
 * the nodes cannot get are scaled to none, since their pods would be tried, and change, for ever.
 * @param nodes how many it has
 * @returns what was done, for people
 */
export async function settle(
  client: AdminClient,
  admin: RemoteAdmin,
  nodes: number,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const options = { budgetMs: SETTLE_MS, ...(signal === undefined ? {} : { signal }) };
  const areUp = (found: ReadonlyMap<string, KubeObject>) => found.size >= nodes && [...found.values()].every(isReady);
  await awaitObjects(client, "/api/v1/nodes", areUp, { ...options, what: "the nodes of the cluster are not ready" });
  const ends = (found: ReadonlyMap<string, KubeObject>) => [...found.values()].every((pod) => isReady(pod) || missingImage(pod));
  const pods = await awaitObjects(client, "/api/v1/pods", (found) => found.size > 0 && ends(found), {
    ...options,
    what: (found) => `the pods of the cluster are not ready (${whyNotReady([...found.values()])})`,
  });
  const hopeless = [...pods.values()].filter((pod) => !isReady(pod));
  const notes: string[] = [];
  for (const ref of await deploymentsOf(admin, hopeless)) {
    await admin.patch("deployments.apps", ref, { spec: { replicas: 0 } });
    notes.push(`Deployment ${ref.namespace}/${ref.name} was scaled to none: the nodes cannot get its image`);
  }
  const rest = (found: ReadonlyMap<string, KubeObject>) => [...found.values()].every(isReady);
  await awaitObjects(client, "/api/v1/pods", rest, {
    ...options,
    what: (found) => `the pods of the cluster are not ready (${whyNotReady([...found.values()])})`,
  });
  return notes;
}

/** The Deployments that pods come from, by their ReplicaSets. */
async function deploymentsOf(
  admin: RemoteAdmin,
  pods: readonly KubeObject[],
): Promise<readonly { readonly namespace: string; readonly name: string }[]> {
  const found = new Map<string, { readonly namespace: string; readonly name: string }>();
  for (const { metadata } of pods) {
    const namespace = metadata.namespace ?? "";
    const set = metadata.ownerReferences?.find(({ kind }) => kind === "ReplicaSet");
    const owner = set && (await admin.get("replicasets.apps", { name: set.name, namespace }));
    const name = owner?.metadata.ownerReferences?.find(({ kind }) => kind === "Deployment")?.name;
    if (name !== undefined) found.set(`${namespace}/${name}`, { namespace, name });
  }
  return [...found.values()];
}
