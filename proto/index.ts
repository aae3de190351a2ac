export { type AgentSync, decodeAgentSync, findBytes, type WatchPolicy } from "./agent-wire.ts";
export {
  type CallOptions,
  type ClusterIdMessage,
  connectSynchronizer,
  RpcError,
  type SyncEntry,
  type SyncMessage,
  type SynchronizerClient,
} from "./client.ts";
export { decodeClusterIdRequest, decodeClusterIdResponse } from "./cluster-id-wire.ts";
export { loadMessage, loadSynchronizer, SERVICE_NAMES, type ServiceName, servicePath } from "./load.ts";
export { peekSyncRequest, type PeekedRequest } from "./peek.ts";
export { connectRaw, type RawClient } from "./raw-client.ts";
export {
  type ApiInfo,
  checkMessage,
  decodeApiInfo,
  decodeSyncRequest,
  decodeSyncResponse,
  encodeSyncResponse,
  joinFrame,
  splitFrame,
  type SyncRequest,
  WireError,
  type WireSegment,
} from "./wire.ts";
