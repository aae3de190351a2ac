import { ApiError } from "../embedded/api/status.ts";
import type { RemoteAccess } from "../remote/access.ts";
import { AdminClient } from "../remote/client.ts";
import { openSharedCluster } from "../shared/open.ts";
import type { SharedCluster } from "../shared/types.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import type { KubeconfigOptions } from "./options.ts";
import { kubeconfigFiles, readContext } from "./read.ts";
import { missingRights } from "./rights.ts";

/** A cluster that was there before. Disposing leaves it as it was found: only what bears the run's label is ever touched. */
export interface KubeconfigCluster extends SharedCluster {
  readonly kind: "kubeconfig";
  readonly context: string;
}

/**
 * Opens a cluster that a kubeconfig names. What runs that have died left in it is removed first, by its label. With rights
 * that do not suffice for writing it is opened as read-only.
 * @throws ClusterUnavailableError where the context is not there, or its server does not answer or does not know the user
 */
export async function openKubeconfigCluster(options: KubeconfigOptions): Promise<KubeconfigCluster> {
  const { context, signal, hostAddress } = options;
  const access = readContext(kubeconfigFiles(options.file), context);
  const why = await whyReadOnly(access, options);
  const shared = await openSharedCluster({
    kind: "kubeconfig",
    access,
    run: options.run,
    standing: "foreign",
    ...(why === undefined ? {} : { readOnly: why }),
    ...(hostAddress === undefined ? {} : { hostAddress }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { ...shared, kind: "kubeconfig", context };
}

/** Asks the server a first question, whose failure tells of the kubeconfig or the network. */
async function whyReadOnly(access: RemoteAccess, { context, readOnly, signal }: KubeconfigOptions): Promise<string | undefined> {
  const client = new AdminClient(access);
  try {
    const why = await missingRights(client, signal);
    return readOnly === true ? "it was asked for (--read-only)" : why;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ClusterUnavailableError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    const what = error instanceof ApiError ? `answers ${error.code}: ${said}` : `is not reached: ${said}`;
    throw new ClusterUnavailableError(`context ${JSON.stringify(context)}: ${access.url} ${what}`, { cause: error });
  } finally {
    client.close();
  }
}
