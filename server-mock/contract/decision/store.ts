import type { ClusterState, StoreRecord } from "./state.ts";
import type { Envelope } from "./types.ts";

/**
 * Puts a queued request into the store: the version it holds already refreshes epoch and error_msg and leaves the
 * entries alone, any other version replaces the whole record, be it with no entries at all. A record whose epoch is
 * more than the ageing time old is gone. Source: protocol.md 2.3, 2.4.
 */
export function store(
  state: ClusterState,
  envelope: Envelope,
  nowMs: number,
  ageingMs: number,
): { readonly stored: "replaced" | "refreshed"; readonly record: StoreRecord } {
  const version = envelope.version ?? 0n;
  const errorMsg = envelope.errorMsg ?? "";
  const held = liveRecord(state, nowMs, ageingMs);
  if (held?.version === version) return { stored: "refreshed", record: { ...held, epochMs: nowMs, errorMsg } };
  return { stored: "replaced", record: { version, epochMs: nowMs, errorMsg, entryCount: envelope.entryCount } };
}

/** The cluster's record, unless its epoch is more than the ageing time ago. */
export function liveRecord(state: ClusterState, nowMs: number, ageingMs: number): StoreRecord | undefined {
  const { record } = state;
  return record && nowMs - record.epochMs > ageingMs ? undefined : record;
}
