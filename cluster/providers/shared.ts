import { hostAt } from "../host-at.ts";
import type { ClusterProvider, ClusterRequest, ScenarioCluster } from "../provider.ts";
import type { ScenarioRoom, SharedCluster } from "../shared/types.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import { observeScenario } from "./observed.ts";

/** How scenarios use a cluster that they share. */
export interface SharedProviderOptions {
  /** Resource keys that the harness watches. */
  readonly observed: readonly string[];
  /** The agent goes to the API server itself, unless a scenario wants faults. */
  readonly direct?: boolean;
}

/** Gives each scenario a room in one cluster, one after the other. Disposing disposes of the cluster. */
export function sharedProvider(cluster: SharedCluster, options: SharedProviderOptions): ClusterProvider {
  const { kind, version, hostAddress } = cluster;
  return {
    kind,
    version,
    isolation: "shared",
    jobs: 1,
    ...(hostAddress === undefined ? {} : { podHost: hostAt(hostAddress) }),
    open: (request) => open(cluster, request, options),
    ...(cluster.exportLogs && { exportLogs: cluster.exportLogs }),
    [Symbol.asyncDispose]: async () => cluster[Symbol.asyncDispose](),
  };
}

async function open(
  cluster: SharedCluster,
  request: ClusterRequest,
  { observed, direct = false }: SharedProviderOptions,
): Promise<ScenarioCluster> {
  const { tenant, rules, signal } = request;
  const { kind, version, url, urls, caPem, serverName, hand } = cluster;
  const room = await roomIn(cluster, { tenant, signal, ...(rules && { rules }) });
  try {
    const { token, filled, lent } = room;
    const upstream = { url, caPem, ...(serverName === undefined ? {} : { serverName }) };
    const remote = {
      kind,
      version,
      urls,
      caPem,
      upstream,
      token,
      writes: room,
      reads: hand,
      filled,
      observed,
      direct,
      ...(lent === undefined
        ? { inside: { hand, namespace: room.namespace, marks: room.marks } }
        : { lending: { token, credentials: lent } }),
    };
    const scenario = await observeScenario(request, remote);
    return {
      ...scenario,
      async [Symbol.asyncDispose]() {
        // What is cleared away afterwards is no part of the story.
        try {
          await scenario[Symbol.asyncDispose]();
        } finally {
          await room[Symbol.asyncDispose]();
        }
      },
    };
  } catch (error) {
    await room[Symbol.asyncDispose]();
    throw error;
  }
}

async function roomIn(cluster: SharedCluster, request: Parameters<SharedCluster["enter"]>[0]): Promise<ScenarioRoom> {
  try {
    return await cluster.enter(request);
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof ClusterUnavailableError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterUnavailableError(`the cluster could not be made ready for ${request.tenant}: ${why}`, { cause: error });
  }
}
