import { WIRE_BYTES, WIRE_VARINT, WireError, WireReader } from "./reader.ts";

/** What the beginning of a `KubernetesAPISyncRequest` already tells. */
export interface PeekedRequest {
  readonly clusterId?: string;
  readonly agentId?: number;
  /** An entry has begun. */
  readonly hasEntries: boolean;
}

/**
 * Reads the beginning of a `KubernetesAPISyncRequest`, as far as it goes: what is cut off is not there yet. Serialisers
 * write fields by number, so that the cluster (1) and the agent (4) stand before the entries (10).
 */
export function peekSyncRequest(beginning: Uint8Array): PeekedRequest {
  const reader = new WireReader(beginning);
  let [clusterId, agentId]: [string | undefined, number | undefined] = [undefined, undefined];
  let hasEntries = false;
  try {
    while (reader.next()) {
      hasEntries ||= reader.field === 10;
      if (reader.field === 1 && reader.wireType === WIRE_BYTES) clusterId = reader.text();
      else if (reader.field === 4 && reader.wireType === WIRE_VARINT) agentId = reader.uint32();
      else reader.skip();
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
  return { hasEntries, ...(clusterId !== undefined && { clusterId }), ...(agentId !== undefined && { agentId }) };
}
