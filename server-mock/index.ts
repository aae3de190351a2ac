export { decodeApiInfo, decodeSyncRequest, decodeSyncResponse, type SyncRequest, WireError } from "../proto/index.ts";
export type { AgentSeen } from "./clusters.ts";
export { MockServerError, type MockServerErrorCode } from "./errors.ts";
export type {
  FrameSegment,
  RpcAnswer,
  RpcClock,
  RpcConnection,
  RpcEvent,
  RpcFault,
  RpcListening,
  RpcRequest,
  RpcReset,
} from "./events.ts";
export type { FaultAction, FaultSpec, PendingFault } from "./faults/types.ts";
export type { JournalAnswer, JournalPage, JournalRecord, JournalRequest } from "./journal.ts";
export type { MockServerOptions } from "./options.ts";
export { readFrame } from "./recording.ts";
export { type MockServer, startMockServer } from "./start.ts";
export type { Inventory, InventoryCounts } from "./contract/index.ts";
export type { ClusterView } from "./views.ts";
