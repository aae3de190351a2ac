import { kubeconfigFor } from "../kubeconfig.ts";
import { Ledger } from "../observer/ledger.ts";
import { startObserver } from "../observer/observe.ts";
import { observedWrites, type Hand } from "../observer/observed-cluster.ts";
import type { Cluster } from "../port.ts";
import {
  type AgentConnection,
  type AgentPlace,
  type ClusterHand,
  type ClusterRequest,
  type InsideCluster,
  LOOPBACK,
  type ScenarioCluster,
} from "../provider.ts";
import type { Lending } from "../proxy/lending.ts";
import { startApiProxy } from "../proxy/start.ts";
import type { Sightings, Upstream } from "../proxy/types.ts";
import { createScope, type Scope } from "../shared/scope.ts";
import { ClusterUnavailableError } from "../unavailable.ts";

/** A cluster without a record of its own, as one scenario has it. */
export interface RemoteScenario {
  readonly kind: Cluster["kind"];
  readonly version: string;
  /** Where the API server is, by where it is dialled from; without the places from which it cannot be reached. */
  readonly urls: Readonly<Partial<Record<AgentPlace, string>>>;
  readonly caPem: string;
  /** The same for the proxy. */
  readonly upstream: Upstream;
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
  /** By what right the agent's requests go on, where it has none of its own: then it goes through the proxy. */
  readonly lending?: Lending;
  /** Present where pods run. */
  readonly inside?: InsideCluster;
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
    tellLost = (error) => resolve(new ClusterUnavailableError(error.message, { cause: error }));
    void remote.lost?.then(tellLost);
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
  const proxied =
    remote.direct && remote.lending === undefined && request.faults !== true
      ? undefined
      : await throughProxy(request, remote, ledger, scope);
  const direct = (place: AgentPlace): AgentConnection => {
    const url = remote.urls[place];
    if (url === undefined)
      throw new ClusterUnavailableError(`the API server at ${remote.urls.host ?? ""} cannot be reached from a ${place}`);
    return connectionTo(url, caPem, token, remote.upstream.serverName);
  };
  const connection = proxied === undefined ? direct : () => proxied.connection;
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
    ...(proxied && { faults: proxied.faults }),
    ...(remote.inside && { inside: remote.inside }),
    ...(remote.compact && { compact: remote.compact }),
    lost,
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  };
}

/** What the agent asks and is given is recorded by the proxy, which tells the ledger beforehand. */
async function throughProxy(request: ClusterRequest, remote: RemoteScenario, ledger: Ledger, scope: Scope) {
  const { recorder, seed, host = LOOPBACK } = request;
  const proxy = await startApiProxy({
    upstream: remote.upstream,
    ...(remote.lending && { lending: remote.lending }),
    recorder,
    sightings: sightingsFor(ledger),
    listenHost: host.listen,
    hosts: [host.name],
    seed,
  });
  scope.defer(async () => proxy[Symbol.asyncDispose]());
  return { faults: proxy, connection: connectionTo(`https://${host.name}:${proxy.port}`, proxy.caPem, remote.token) };
}

/** Metadata alone is no form of an object: those who upload get the whole of it sooner or later. */
function sightingsFor(ledger: Ledger): Sightings {
  return {
    listed(resource, { namespace, resourceVersion, items, whole }) {
      for (const item of items) if (!item.partial) ledger.saw(resource, item);
      if (whole !== undefined) ledger.sawWhole({ resource, namespace, resourceVersion, uids: whole });
    },
    event(resource, type, object) {
      if (object.partial) return;
      if (type === "DELETED") ledger.sawDeleted(resource, object);
      else ledger.saw(resource, object);
    },
  };
}

function connectionTo(url: string, caPem: string, token: string, serverName?: string): AgentConnection {
  const named = serverName === undefined ? {} : { serverName };
  return { url, caPem, token, kubeconfig: kubeconfigFor({ url, caPem, token, ...named }) };
}
