import {
  ClusterUnavailableError,
  findRelease,
  openKubeconfigCluster,
  resourceKey,
  resourcesOf,
  RUN_LABEL,
  type KubeconfigCluster,
  type SharedCluster,
} from "../../cluster/index.ts";
import type { Plan } from "../plan.ts";
import { messageOf } from "./blame.ts";
import type { ClusterChoice } from "./options.ts";

/**
 * Opens the user's own cluster, where the plan can be run on it.
 *
 * @param tell of what was done to it, for people
 * @throws ClusterUnavailableError where it is not reached, may not be written, or lacks kinds that the agent declares; the
 *   signal's reason
 */
export async function openOwnCluster(
  { kind: _kind, proxy: _proxy, kubeconfig, ...choice }: Extract<ClusterChoice, { kind: "kubeconfig" }>,
  { runId, features }: Plan,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<KubeconfigCluster> {
  const file = kubeconfig === undefined ? {} : { file: kubeconfig };
  const opening = openKubeconfigCluster({ run: runId, signal, ...choice, ...file });
  const cluster = await opening.catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof ClusterUnavailableError) throw error;
    throw new ClusterUnavailableError(`context ${JSON.stringify(choice.context)}: ${messageOf(error)}`, { cause: error });
  });
  cluster.notes.forEach(tell);
  await orDispose(cluster, async () => {
    if (cluster.readOnly !== undefined && choice.readOnly !== true) {
      throw new ClusterUnavailableError(
        `context ${JSON.stringify(choice.context)}: ${cluster.readOnly}; take credentials that may, or judge what needs no writing: --read-only`,
      );
    }
    await assertServes(cluster, features);
  });
  return {
    ...cluster,
    async [Symbol.asyncDispose]() {
      try {
        await cluster[Symbol.asyncDispose]();
      } catch (error) {
        const text = `not all could be removed from the cluster: ${messageOf(error)}; the next run tries again, and kubectl finds it by the label ${RUN_LABEL}`;
        // After Ctrl-C as well, when trouble is recorded no more.
        tell(text);
        throw new ClusterUnavailableError(text, { cause: error });
      }
    },
  };
}

/** What does not hold of a cluster leaves nothing of it open. */
export async function orDispose(cluster: AsyncDisposable, holds: () => Promise<void>): Promise<void> {
  try {
    await holds();
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * @throws ClusterUnavailableError where a cluster lacks kinds that the agent declares, and that somebody has to define first
 */
export async function assertServes(cluster: SharedCluster, features: readonly string[]): Promise<void> {
  const release = findRelease("1.30");
  const resources = release === undefined ? [] : resourcesOf(release, features);
  for (const resource of resources.filter(({ custom }) => custom).map(resourceKey)) {
    try {
      await cluster.list(resource, { labelSelector: "deepflow-conformance.io/none" });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new ClusterUnavailableError(
        `the cluster has no ${resource}: with --features ${features.join(",")} the stories make some; define them there, or leave the feature out`,
        { cause: error },
      );
    }
  }
}
