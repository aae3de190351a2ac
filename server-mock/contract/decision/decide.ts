import type { Target } from "../targets/types.ts";
import { decideAsDocument } from "./document.ts";
import { decideAsServer } from "./server.ts";
import type { ClusterState } from "./state.ts";
import type { Decision, DecisionContext, Envelope } from "./types.ts";

/**
 * Decides on one KubernetesAPISync request.
 *
 * @param state of the request's cluster_id; of a fresh cluster where the request has none
 * @param nowMs the mock's clock, milliseconds
 * @returns the row of protocol.md 2.2 that decided, the answer, what the store did, and the next state
 */
export function decide(
  state: ClusterState,
  envelope: Envelope,
  nowMs: number,
  target: Target,
  context: DecisionContext,
): Decision {
  return target.answers === "server"
    ? decideAsServer(state, envelope, nowMs, target, context)
    : decideAsDocument(state, envelope, nowMs, target);
}
