import type { KubeObject } from "../embedded/catalog/index.ts";
import type { RemoteAdmin } from "../remote/admin.ts";
import { awaitObjects } from "../remote/await-objects.ts";
import type { AdminClient } from "../remote/client.ts";
import { unlessNotFound } from "./agent-identity.ts";
import { hasEnded, hasStarted, isReady, missingImage, whyNotReady } from "./fill/readiness.ts";

/** A cluster comes up within this, after its API server has. */
const SETTLE_MS = 120_000;
const PODS = "/api/v1/pods";

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
  const what = (found: ReadonlyMap<string, KubeObject>) =>
    `the pods of the cluster are not ready (${whyNotReady([...found.values()])})`;
  const every = (pods: ReadonlyMap<string, KubeObject>, holds: (pod: KubeObject) => boolean) =>
    pods.size > 0 && [...pods.values()].every(holds);
  const notes: string[] = [];
  // Some start long before others are ready, so what cannot start is told from what has not yet.
  const started = await awaitObjects(
    client,
    PODS,
    (pods) => every(pods, (pod) => hasStarted(pod) || hasEnded(pod) || isHopeless(pod)),
    {
      ...options,
      what,
    },
  );
  const hopeless = [...started.values()].filter(isHopeless);
  for (const ref of await deploymentsOf(admin, hopeless)) {
    await admin.patch("deployments.apps", ref, { spec: { replicas: 0 } });
    notes.push(`Deployment ${ref.namespace}/${ref.name} was scaled to none: the nodes cannot get its image`);
  }
  // Nothing of them runs that could end well: without the grace they are gone at once.
  for (const { metadata } of hopeless) {
    await admin.delete("pods", { namespace: metadata.namespace ?? "", name: metadata.name }).catch(unlessNotFound);
  }
  await awaitObjects(client, PODS, (pods) => every(pods, (pod) => isReady(pod) || hasEnded(pod)), { ...options, what });
  return notes;
}

function isHopeless(pod: KubeObject): boolean {
  return missingImage(pod) !== undefined;
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
