import { RemoteAdmin } from "../remote/admin.ts";
import { AdminClient } from "../remote/client.ts";
import type { RemoteAccess } from "../remote/access.ts";
import type { SharedCluster } from "./types.ts";

/** How a cluster that is up is reached, and what may be done to it. */
export interface SharedOptions {
  readonly kind: SharedCluster["kind"];
  readonly access: RemoteAccess;
  readonly run: string;
  /** How many nodes are to be ready. */
  readonly nodes: number;
  /** The cluster was made by this run: nobody else has anything in it. */
  readonly ours: boolean;
  readonly container?: string | undefined;
  readonly hostAddress?: string;
  readonly signal?: AbortSignal;
}

export async function openSharedCluster(options: SharedOptions): Promise<SharedCluster> {
  const { access } = options;
  const client = new AdminClient(access);
  const admin = new RemoteAdmin(client, options.kind === "kind" ? "finalize" : "await");
  const { gitVersion } = (await client.call("/version", {}, options.signal)) as { readonly gitVersion: string };
  return {
    kind: options.kind,
    version: gitVersion,
    url: access.url,
    caPem: access.caPem,
    get: (resource, ref) => admin.get(resource, ref),
    list: (resource, query) => admin.list(resource, query),
    create: (resource, object) => admin.create(resource, object),
    update: (resource, object) => admin.update(resource, object),
    patch: (resource, ref, patch) => admin.patch(resource, ref, patch),
    delete: (resource, ref) => admin.delete(resource, ref),
    resourceVersion: () => admin.resourceVersion(),
    hand: client,
    urls: { host: access.url, ...(options.container === undefined ? {} : { container: options.container }) },
    ...(options.hostAddress === undefined ? {} : { hostAddress: options.hostAddress }),
    notes: [],
    enter: () => Promise.reject(new Error("not yet")),
    [Symbol.asyncDispose]: async () => client.close(),
  };
}
