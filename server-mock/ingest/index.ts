export {
  decodeClusterIdRequest,
  decodeClusterIdResponse,
  decodeSyncRequest,
  decodeSyncResponse,
  WireError,
} from "../../proto/index.ts";
export { type ExplainedFinding, explainFindings } from "./explain.ts";
export { createEntryReader, type EntryReader, type EntryReaderOptions } from "./reader.ts";
export type { EntryReading, Finding, FindingCode, JsonObject } from "./types.ts";
