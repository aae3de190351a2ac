import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { PseudoAgent, PseudoAgentOptions } from "./agent.ts";
import { createLeaseClient } from "./election/lease.ts";
import { lead } from "./election/lead.ts";
import { findClusterAccess } from "./kubernetes/find-access.ts";
import { stderrLog } from "./log.ts";

/** How replicas agree on the one of them that uploads. Everything has a default. */
export interface LeaderElection {
  /** Milliseconds that a claim holds without being renewed. Default 15 s. */
  readonly leaseMs?: number;
  /** Default: the pod's, else `default`. */
  readonly namespace?: string;
  /** Default `deepflow-pseudo-agent`. */
  readonly name?: string;
}

const POD_NAMESPACE = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

/**
 * An agent that watches and uploads while it holds a Lease, and does nothing else meanwhile.
 *
 * @param start starts what works while this replica leads
 * @throws ConfigurationError as `startPseudoAgent` does
 */
export function electedAgent(
  options: PseudoAgentOptions,
  { leaseMs = 15_000, namespace = podNamespace(), name = "deepflow-pseudo-agent" }: LeaderElection,
  start: (options: PseudoAgentOptions) => PseudoAgent,
): PseudoAgent {
  const { log = stderrLog } = options;
  const stopping = new AbortController();
  const lease = createLeaseClient(findClusterAccess(options.kubeconfig), { namespace, name });
  const identity = `${hostname()}_${randomUUID()}`;
  let working: PseudoAgent | undefined;
  const ended = lead({ lease, identity, leaseMs, log, signal: stopping.signal }, async (leading) => {
    working = start(options);
    if (!leading.aborted) await new Promise((resolve) => leading.addEventListener("abort", resolve, { once: true }));
    await working.stop();
    working = undefined;
  });
  async function stop(): Promise<void> {
    stopping.abort();
    await ended;
  }
  return { stop, metrics: () => working?.metrics() ?? "", [Symbol.asyncDispose]: stop };
}

function podNamespace(): string {
  return existsSync(POD_NAMESPACE) ? readFileSync(POD_NAMESPACE, "utf8").trim() : "default";
}
