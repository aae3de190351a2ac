import { decodeAgentSync, loadMessage, type ServiceName } from "../../proto/index.ts";
import type { UnaryHandler } from "../grpc/adapter.ts";
import type { HandedConfig } from "./agent-config.ts";
import type { Election } from "./election.ts";
import { readOrRefuse } from "./handlers.ts";
import type { AgentRegistry } from "./registry.ts";
import { senderOf } from "./sender.ts";

/** What Sync needs to know of the mock around it. */
export interface SyncSurroundings {
  readonly election: Election;
  readonly registry: AgentRegistry;
  readonly config: HandedConfig;
  /** Port under which agents reach the mock. */
  readonly port: () => number;
  readonly nowMs: (clusterId: string) => number;
  readonly knowsCluster: (id: string) => boolean;
  /** A Sync that names a cluster makes its domain (protocol.md 2.7). */
  readonly onCluster: (id: string) => void;
}

/**
 * Sync in the words of either service: whether the agent is to watch its cluster, and its number (protocol.md 5.6,
 * 5.7). An agent that only watches is never registered, so that its number is 0 (5.1).
 */
export function createAgentSyncHandler(service: ServiceName, around: SyncSurroundings): UnaryHandler {
  const response = loadMessage(service, "SyncResponse");
  // The port is known only once the mock listens.
  let userConfig: string | undefined;
  return (frame, { peer }) => {
    const sync = readOrRefuse(() => decodeAgentSync(frame, service));
    const { claimant, clusterId } = senderOf(sync, hostOf(peer), around.knowsCluster);
    if (clusterId !== undefined) around.onCluster(clusterId);
    const watches =
      clusterId !== undefined && around.election.sync(clusterId, claimant, sync.watchPolicy, around.nowMs(clusterId));
    const id = sync.watchPolicy === "watch-only" ? 0 : around.registry.idOf(claimant);
    const answer = { enabled: true, kubernetes_api_enabled: watches };
    if (service === "trident") return response.serialize({ config: { ...answer, vtap_id: id } });
    userConfig ??= around.config.userConfig(around.port());
    return response.serialize({ user_config: userConfig, dynamic_config: { ...answer, agent_id: id } });
  };
}

function hostOf(peer: string): string {
  return peer.replace(/:\d+$/, "");
}
