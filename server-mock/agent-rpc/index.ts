import type { ServiceName } from "../../proto/index.ts";
import type { UnaryHandler } from "../grpc/adapter.ts";
import { createElection } from "./election.ts";
import { createGenesisHandler, createPushHandler, createQueryHandler, createUpgradeHandler } from "./handlers.ts";
import { createAgentRegistry } from "./registry.ts";
import { createAgentSyncHandler, type SyncSurroundings } from "./sync-handler.ts";

export { type HandedConfig, readAgentConfig } from "./agent-config.ts";
export { servedMethods } from "./methods.ts";

/** The calls beside KubernetesAPISync that a deepflow-agent needs answered before it watches its cluster (protocol.md 5.7). */
export function createAgentRpcs(
  mock: Omit<SyncSurroundings, "election" | "registry">,
): Readonly<Record<"Sync" | "Push" | "Query" | "GenesisSync" | "Upgrade", (service: ServiceName) => UnaryHandler>> {
  const around = { ...mock, election: createElection(), registry: createAgentRegistry() };
  return {
    Sync: (service) => createAgentSyncHandler(service, around),
    Push: createPushHandler,
    Query: (service) => createQueryHandler(service, () => mock.nowMs("")),
    GenesisSync: createGenesisHandler,
    Upgrade: createUpgradeHandler,
  };
}
