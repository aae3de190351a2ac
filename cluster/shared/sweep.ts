import { ApiError } from "../embedded/api/status.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import { pathOf, type RemoteAdmin } from "../remote/admin.ts";
import type { AdminClient } from "../remote/client.ts";
import { unlessNotFound } from "./agent-identity.ts";
import { OWNER_ANNOTATION, RUN_LABEL } from "./labels.ts";
import { hasEnded, readOwner } from "./owner.ts";

/** An object of ours in a cluster, wherever it lies. */
export interface Leftover {
  readonly resource: string;
  readonly object: KubeObject;
}

/** What another host's run has left is removed when it is older than any run. */
const LONGEST_RUN_MS = 24 * 3_600_000;

/**
 * Everything that carries the label of a run, of the kinds that may be listed: what else a run makes lies in its namespace,
 * and goes with that.
 *
 * @param run default: of any
 * @throws ApiError where even one of those kinds may not be listed that lie in no namespace and that a run makes
 */
export async function findOurs(client: AdminClient, admin: RemoteAdmin, run?: string): Promise<readonly Leftover[]> {
  const selector = encodeURIComponent(run === undefined ? RUN_LABEL : `${RUN_LABEL}=${run}`);
  const served = [...(await admin.resources())].filter(([, { verbs }]) => verbs.includes("list") && verbs.includes("delete"));
  const found = served.map(async ([key, resource]) => {
    const path = `${pathOf(resource)}?labelSelector=${selector}`;
    const list = (await client.call(path).catch(nothingIfForbidden(key))) as { readonly items: readonly KubeObject[] };
    const { kind, apiVersion } = resource;
    return list.items.map((object) => ({ resource: key, object: { ...object, kind, apiVersion } }));
  });
  return (await Promise.all(found)).flat();
}

/** Made by runs, outside of their namespaces. */
const MADE_WIDE = ["namespaces", "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io"];

function nothingIfForbidden(resource: string) {
  return (error: unknown) => {
    if (error instanceof ApiError && error.code === 403 && !MADE_WIDE.includes(resource)) return { items: [] };
    throw error;
  };
}

/** Those whose run has ended: its process on this host has, or it was another host's and is older than any run. */
export function leftBehind(found: readonly Leftover[], now: number): readonly Leftover[] {
  return found.filter(({ object }) => {
    const owner = readOwner(object.metadata.annotations?.[OWNER_ANNOTATION] ?? "");
    // What controllers made of it bears the label alone, and goes with it.
    if (owner === undefined) return false;
    const age = now - Date.parse(object.metadata.creationTimestamp ?? "");
    return hasEnded(owner) ?? age > LONGEST_RUN_MS;
  });
}

/**
 * Removes objects, namespaces first: with them goes what is in them.
 *
 * @throws Error of the first that did not go, after all others were removed
 */
export async function removeAll(admin: RemoteAdmin, leftovers: readonly Leftover[]): Promise<void> {
  const namespaces = leftovers.filter(({ resource }) => resource === "namespaces");
  const gone = new Set(namespaces.map(({ object }) => object.metadata.name));
  const ends = await Promise.allSettled(namespaces.map(remove));
  const others = leftovers.filter(
    ({ resource, object }) => resource !== "namespaces" && !gone.has(object.metadata.namespace ?? ""),
  );
  ends.push(...(await Promise.allSettled(others.map(remove))));
  for (const end of ends) if (end.status === "rejected") throw end.reason;

  async function remove({ resource, object: { metadata } }: Leftover): Promise<void> {
    const { name, namespace } = metadata;
    const ref = { name, ...(namespace === undefined ? {} : { namespace }) };
    await admin.delete(resource, ref).catch(unlessNotFound);
  }
}
