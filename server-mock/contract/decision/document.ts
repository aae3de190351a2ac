import type { Target } from "../targets/types.ts";
import type { ClusterState } from "./state.ts";
import { store } from "./store.ts";
import type { DecidingRow, Decision, Envelope } from "./types.ts";

/**
 * A server by the letter of the seed document: it answers with the version that it accepted last, and with none where
 * there is none yet. Version and cluster_id are mandatory; agent and team ids do not exist; a request without entries
 * repeats a version that is held, or is not accepted; the gap between requests may be the ageing time and no more.
 * Rows are those of protocol.md 2.2 that stand for the same case (rows 0, 3, 9, 10 cannot arise).
 */
export function decideAsDocument(state: ClusterState, envelope: Envelope, nowMs: number, target: Target): Decision {
  const version = envelope.version ?? 0n;
  if (!envelope.clusterId) {
    return { row: version === 0n ? "1" : "2", passed: [], answer: undefined, stored: "dropped", state };
  }
  const aged = state.lastSeenMs !== undefined && nowMs - state.lastSeenMs > target.ageingMs;
  const held = aged ? undefined : state.heldVersion;
  const next: ClusterState = { ...state, heldVersion: held };
  const passed = aged ? (["4"] as const) : [];
  if (version === 0n) return { row: "1", passed, answer: held, stored: "dropped", state: next };
  if (version !== held && envelope.entryCount === 0) {
    return { row: "5", passed, answer: held, stored: "dropped", state: { ...next, lastSeenMs: nowMs } };
  }
  const kept = store(state, envelope, nowMs, target.ageingMs);
  const row: DecidingRow = version !== held ? "6" : envelope.entryCount === 0 ? "7" : "8";
  return {
    row,
    passed,
    answer: version,
    stored: kept.stored,
    state: { heldVersion: version, lastSeenMs: nowMs, record: kept.record },
  };
}
