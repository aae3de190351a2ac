import { kubeconfigFor } from "../kubeconfig.ts";
import { Ledger } from "../observer/ledger.ts";
import { startObserver } from "../observer/observe.ts";
import { observedWrites, type Hand } from "../observer/observed-cluster.ts";
import type { Cluster } from "../port.ts";
import type { AgentConnection, AgentPlace, ClusterHand, ClusterRequest, ScenarioCluster } from "../provider.ts";
import { createScope } from "../shared/scope.ts";
import { ClusterUnavailableError } from "../unavailable.ts";

/** A cluster without a record of its own, as one scenario has it. */
export interface RemoteScenario {
  readonly kind: Cluster["kind"];
  readonly version: string;
  /** Where the API server is, by where it is dialled from; without the places from which it cannot be reached. */
  readonly urls: Readonly<Partial<Record<AgentPlace, string>>>;
  readonly caPem: string;
  /** Bearer token of the agent. */
  readonly token: string;
  /** With which the scenario writes. */
  readonly writes: Hand & Pick<Cluster, "resourceVersion">;
  /** With which the harness watches. */
  readonly reads: ClusterHand;
  readonly filled: ScenarioCluster["filled"];
  /** Resource keys that are watched; those that the cluster does not serve are left out. */
  readonly observed: readonly string[];
  /** The agent may go to the API server itself: then nothing tells what was delivered to it. */
  readonly direct: boolean;
  readonly podsRun: boolean;
  readonly compact?: () => Promise<void>;
  readonly lost?: Promise<Error>;
}

/**
 * Records a cluster for one scenario by the harness's own watches, and puts the proxy before the agent. Disposing ends
 * both, and leaves the cluster as it is.
 *
 * @throws ClusterUnavailableError where the cluster cannot be watched; the signal's reason
 */
export async function observeScenario(request: ClusterRequest, remote: RemoteScenario): Promise<ScenarioCluster> {
  const { recorder, signal } = request;
  const { kind, version, caPem, token, writes } = remote;
  const ledger = new Ledger(recorder);
  const scope = createScope();
  let tellLost: (error: Error) => void = () => {};
  const lost = new Promise<Error>((resolve) => {
    tellLost = resolve;
    void remote.lost?.then(resolve);
  });
  try {
    const observing = { hand: remote.reads, resources: remote.observed, ledger, onLost: tellLost, signal };
    const observer = await startObserver(observing);
    scope.defer(async () => observer[Symbol.asyncDispose]());
  } catch (error) {
    await scope[Symbol.asyncDispose]();
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterUnavailableError(`the cluster cannot be watched by the harness: ${why}`, { cause: error });
  }
  const connection = (place: AgentPlace): AgentConnection => {
    const url = remote.urls[place];
    if (url === undefined)
      throw new ClusterUnavailableError(`the API server at ${remote.urls.host ?? ""} cannot be reached from a ${place}`);
    return { url, caPem, token, kubeconfig: kubeconfigFor({ url, caPem, token }) };
  };
  return {
    kind,
    version,
    url: remote.urls.host ?? "",
    caPem,
    kubeconfig: () => connection("host").kubeconfig,
    ...observedWrites(writes, ledger),
    resourceVersion: () => writes.resourceVersion(),
    filled: remote.filled,
    connection,
    ...(remote.podsRun ? { hand: remote.reads } : {}),
    ...(remote.compact && { compact: remote.compact }),
    lost,
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  };
}
