import type { KubeObject } from "../embedded/catalog/index.ts";
import { pathOf, RemoteAdmin } from "../remote/admin.ts";
import type { AdminClient } from "../remote/client.ts";

/**
 * Every object of every kind in a cluster, by resource and place, as far as it is the same as long as nobody touches it:
 * with its uid, labels, annotations and everything but the rest of its metadata.
 *
 * Left out are Events, which tell of the past and expire; Leases, which their holders keep up, and leaders' claims on other
 * objects; what is no object but the answer to a question (componentstatuses, metrics); `status`, since kubelets and
 * controllers report on by themselves; and of Endpoints and EndpointSlices, which are a report of pods' states, all but their identity.
 */
export async function everythingIn(client: AdminClient): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  for (const [key, resource] of await new RemoteAdmin(client, "await").resources()) {
    if (!resource.verbs.includes("list") || !resource.verbs.includes("get") || NOT_LASTING.test(key)) continue;
    const { items } = (await client.call(pathOf(resource))) as { readonly items: readonly KubeObject[] };
    for (const { metadata, status: _status, ...rest } of items) {
      const { name, namespace = "", uid, labels = {}, annotations = {} } = metadata;
      const kept = Object.fromEntries(Object.entries(annotations).filter(([annotation]) => !HELD.test(annotation)));
      const own = REPORTS.test(key) ? { uid } : { uid, labels, annotations: kept, ...rest };
      found[`${key} ${namespace}/${name}`] = own;
    }
  }
  return found;
}

const NOT_LASTING = /^(events|leases|componentstatuses|\w+\.metrics\.k8s\.io)/;
const REPORTS = /^endpoint(s|slices\..*)$/;
/** The claim of a leader, on an object of its own. */
const HELD = /^control-plane\.alpha\.kubernetes\.io\/leader$/;
