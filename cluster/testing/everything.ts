import type { KubeObject } from "../embedded/catalog/index.ts";
import { pathOf, RemoteAdmin } from "../remote/admin.ts";
import type { AdminClient } from "../remote/client.ts";

/**
 * Every object of every kind in a cluster, by resource and place, as far as it is the same as long as nobody touches it:
 * with its uid, labels, annotations and everything but metadata and status.
 *
 * Left out are Events, which tell of the past and expire, Leases, which their holders keep up (with the Endpoints and
 * ConfigMaps that are used so), what is no object but the answer to a question (componentstatuses, metrics), and the
 * replicas' own `status`, resourceVersions and managed fields, since kubelets report on by themselves.
 */
export async function everythingIn(client: AdminClient): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  for (const [key, resource] of await new RemoteAdmin(client, "await").resources()) {
    if (!resource.verbs.includes("list") || !resource.verbs.includes("get") || NOT_LASTING.test(key)) continue;
    const { items } = (await client.call(pathOf(resource))) as { readonly items: readonly KubeObject[] };
    for (const { metadata, status: _status, ...rest } of items) {
      const { name, namespace = "", uid, labels = {}, annotations = {} } = metadata;
      const kept = Object.fromEntries(Object.entries(annotations).filter(([annotation]) => !HELD.test(annotation)));
      found[`${key} ${namespace}/${name}`] = { uid, labels, annotations: kept, ...rest };
    }
  }
  return found;
}

const NOT_LASTING = /^(events|leases|componentstatuses|\w+\.metrics\.k8s\.io)/;
/** The claim of a leader, on an object of its own. */
const HELD = /^control-plane\.alpha\.kubernetes\.io\/leader$/;
