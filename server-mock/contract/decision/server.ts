import type { Target } from "../targets/types.ts";
import type { ClusterState } from "./state.ts";
import { store } from "./store.ts";
import type { DecidingRow, Decision, DecisionContext, Envelope, PassedRow } from "./types.ts";

/** The handler of a server line: table 2.2 of protocol.md, in its evaluation order. */
export function decideAsServer(
  state: ClusterState,
  envelope: Envelope,
  nowMs: number,
  target: Target,
  context: DecisionContext,
): Decision {
  const version = envelope.version ?? 0n;
  const anonymous = (envelope.agentId ?? 0) === 0;
  const passed: PassedRow[] = anonymous ? ["0"] : [];
  const drop = (row: DecidingRow, answer: bigint | undefined, next: ClusterState): Decision => ({
    row,
    passed,
    answer,
    stored: "dropped",
    state: next,
  });

  if (version === 0n) return drop("1", undefined, state);
  if (!envelope.clusterId) return drop("2", undefined, state);
  if (target.teams) {
    if (!envelope.teamId) passed.push("3b");
    else if (!context.knowsTeam(envelope.teamId)) return drop("3", undefined, state);
  }
  if (anonymous) {
    if (envelope.entryCount === 0) return drop("10", undefined, state);
    const kept = store(state, envelope, nowMs, target.ageingMs);
    return { row: "9", passed, answer: undefined, stored: kept.stored, state: { ...state, record: kept.record } };
  }

  const aged = state.lastSeenMs !== undefined && nowMs - state.lastSeenMs >= target.ageingMs;
  if (aged) passed.push("4");
  const held = aged ? 0n : (state.heldVersion ?? 0n);
  if (version !== held && envelope.entryCount === 0) return drop("5", held, aged ? { ...state, heldVersion: 0n } : state);
  const kept = store(state, envelope, nowMs, target.ageingMs);
  const row = version !== held ? "6" : envelope.entryCount === 0 ? "7" : "8";
  const next = { heldVersion: version, lastSeenMs: nowMs, record: kept.record };
  return { row, passed, answer: version, stored: kept.stored, state: next };
}
