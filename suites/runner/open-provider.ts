import { imagesOf, presentImages } from "../../agents/index.ts";
import {
  embeddedProvider,
  envtestProvider,
  findRelease,
  generateCluster,
  sharedProvider,
  startKindCluster,
  type ClusterProvider,
  type SharedCluster,
  type KubernetesRelease,
} from "../../cluster/index.ts";
import { findTarget, targetIds, uploadableResources } from "../../server-mock/contract/index.ts";
import type { Plan } from "../plan.ts";
import { assertServes, openOwnCluster, orDispose } from "./open-own-cluster.ts";
import type { RunOptions } from "./options.ts";

/** What a provider is chosen and made by. */
interface ProviderOptions extends Omit<RunOptions, "out"> {
  /** Folder for the logs of clusters that do not come up. */
  readonly logs: string;
}

/**
 * Opens what the scenarios of a run have their clusters from; with real ones, that takes its time.
 *
 * @throws ClusterUnavailableError where there are none to be had; the signal's reason
 */
export async function openProvider(options: ProviderOptions, plan: Plan, signal: AbortSignal): Promise<ClusterProvider> {
  if (options.provider !== undefined) return { ...options.provider, [Symbol.asyncDispose]: async () => {} };
  const { seed, features } = plan;
  const { cluster = { kind: "embedded" }, pods, nodes } = options;
  const size = { ...(pods === undefined ? {} : { pods }), ...(nodes === undefined ? {} : { nodes }) };
  const objectsFor = (release: KubernetesRelease["id"]) => generateCluster({ seed, features, release, ...size });
  // Made before any scenario runs, since it keeps everything else waiting.
  const large = (release: KubernetesRelease["id"]) => {
    if (plan.scale === undefined) return {};
    const objects = generateCluster({ seed, features, release, ...plan.scale });
    return { objectsOf: () => objects };
  };
  const direct = cluster.kind !== "embedded" && cluster.proxy === false;
  switch (cluster.kind) {
    case "embedded": {
      const release = findRelease(plan.cluster.version ?? "")?.id;
      if (release === undefined) throw new Error(`there is no embedded Kubernetes ${plan.cluster.version}`);
      return embeddedProvider({ kubernetesVersion: release, features, objects: objectsFor(release), ...large(release) });
    }
    case "envtest":
      return envtestProvider({ features, objectsFor, observed: observedResources(), direct, signal });
    case "kind": {
      const { kind: _kind, proxy: _proxy, ...choice } = cluster;
      const own = await startKindCluster({
        run: plan.runId,
        signal,
        ...choice,
        logs: options.logs,
        features,
        onProgress: (text) => options.onProgress?.({ event: "cluster", text }),
        images: await agentImages(options),
        ...(nodes === undefined ? {} : { nodes }),
      });
      tellNotes(own, options);
      await orDispose(own, () => assertServes(own, features));
      return sharedProvider(own, { observed: observedResources(), direct });
    }
    case "kubeconfig": {
      const own = await openOwnCluster(cluster, plan, (text) => options.onProgress?.({ event: "cluster", text }), signal);
      return sharedProvider(own, { observed: observedResources(), direct });
    }
  }
}

/** What was done to the cluster before the first scenario. */
function tellNotes({ notes }: Pick<SharedCluster, "notes">, { onProgress }: ProviderOptions): void {
  for (const text of notes) onProgress?.({ event: "cluster", text });
}

/** The images of an agent that runs in the cluster, as far as this host has them; what it has not, a node may pull. */
async function agentImages({ agent }: ProviderOptions): Promise<readonly string[]> {
  if (agent.form === "image" && agent.place !== "container") return presentImages([agent.image]);
  return agent.form === "manifest" ? presentImages(imagesOf(agent.text)) : [];
}

/** Every kind that some target reads, and IP pools: what agents may be configured to upload (protocol.md 6.2). */
export function observedResources(): readonly string[] {
  const read = targetIds.flatMap((id) => {
    const target = findTarget(id);
    return target === undefined ? [] : uploadableResources(target);
  });
  return [...new Set([...read, "ippools.crd.projectcalico.org"])];
}
