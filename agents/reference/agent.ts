import { setMaxListeners } from "node:events";
import { connectSynchronizer, type ServiceName } from "../../proto/index.ts";
import { pause } from "./backoff.ts";
import { defaultBehaviour, type AgentBehaviour } from "./behaviour.ts";
import { startCollector } from "./collect/collector.ts";
import { electedAgent, type LeaderElection } from "./elected-agent.ts";
import { ConfigurationError } from "./kubernetes/access.ts";
import { findClusterAccess } from "./kubernetes/find-access.ts";
import type { ResourceRule } from "./kubernetes/resource-rules.ts";
import { stderrLog, type Log } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { fetchClusterId } from "./sync/cluster-id.ts";
import { findSourceIp } from "./sync/source-ip.ts";
import { runSyncLoop } from "./sync/sync-loop.ts";
import { Uploader } from "./sync/uploader.ts";

/** Settings of a pseudo-agent. Only `server` has no default. */
export interface PseudoAgentOptions {
  /** `host:port` of the deepflow-server. */
  readonly server: string;
  /** Which of the two services the server line serves (protocol.md 0). Default `agent`. */
  readonly service?: ServiceName;
  /** Without it the server is asked, by the MD5 of the cluster's CA. */
  readonly clusterId?: string;
  /** Name for a cluster that the server then creates. */
  readonly clusterName?: string;
  /** The agent's number at the server; 0, the default, means all entries in every request. */
  readonly agentId?: number;
  readonly teamId?: string;
  /** Default: the address from which the server is reached. */
  readonly sourceIp?: string;
  /** Milliseconds from one request to the next. Default 10 s. */
  readonly intervalMs?: number;
  /** Milliseconds until an unanswered call counts as failed. Default 15 s. */
  readonly callTimeoutMs?: number;
  /** False: neither the API server nor the server is asked for anything, since another agent watches this cluster. */
  readonly watch?: boolean;
  /** Replicas agree by a Lease on the one that watches and uploads; false, the default: this one does. */
  readonly leaderElection?: LeaderElection | false;
  /** Path of a kubeconfig file. Default: the pod's service account, else `~/.kube/config`. */
  readonly kubeconfig?: string;
  /** As the real agent's `kubernetes-resources` setting. */
  readonly resources?: readonly ResourceRule[];
  /** Objects a page of a list. Default 500. */
  readonly pageSize?: number;
  /** Seconds until a watch is taken up anew. Default 30, so that a dead connection is noticed soon. */
  readonly watchSeconds?: number;
  /** How long a fault must last to be told in error_msg. Default 1.5 intervals, at least 2 s. */
  readonly faultGraceMs?: number;
  /** Default: one line an event on stderr. */
  readonly log?: Log;
  /** Other decisions than the usual ones. */
  readonly behaviour?: Partial<AgentBehaviour>;
}

/** A running pseudo-agent. Disposing stops it. */
export interface PseudoAgent extends AsyncDisposable {
  /** Lets the call that is under way come to its end, if it does so soon, and ends everything else at once. */
  stop(): Promise<void>;
  /** Prometheus text format. */
  metrics(): string;
}

/** How long `stop` waits for an open call. */
const LAST_CALL_MS = 600;

/**
 * Starts a pseudo-agent: it lists and watches the API server and uploads everything by KubernetesAPISync.
 *
 * @throws ConfigurationError where the settings cannot work; whatever fails later is tried again for ever
 */
export function startPseudoAgent(options: PseudoAgentOptions): PseudoAgent {
  if (options.watch === false) return idleAgent(options.log ?? stderrLog);
  return options.leaderElection ? electedAgent(options, options.leaderElection, watchingAgent) : watchingAgent(options);
}

/** One that was told not to watch. */
function idleAgent(log: Log): PseudoAgent {
  log("info", "not watching, as told");
  // As a pod does that has nothing to do: it stays.
  const staying = setInterval(() => {}, 2 ** 30);
  const stop = async () => clearInterval(staying);
  return { stop, metrics: () => "", [Symbol.asyncDispose]: stop };
}

function watchingAgent(options: PseudoAgentOptions): PseudoAgent {
  const { intervalMs = 10_000, callTimeoutMs = 15_000, log = stderrLog } = options;
  const behaviour: AgentBehaviour = { ...defaultBehaviour, ...options.behaviour };
  const access = findClusterAccess(options.kubeconfig);
  if (!options.clusterId && access.ca === undefined) {
    throw new ConfigurationError("no cluster id is configured, and there is no CA certificate to ask the server by");
  }
  const stopping = new AbortController();
  const hangingUp = new AbortController();
  setMaxListeners(0, stopping.signal); // every watch listens
  const client = connectSynchronizer({ address: options.server, service: options.service ?? "agent" });
  const collector = startCollector({
    access,
    rules: options.resources ?? [],
    behaviour,
    pageSize: options.pageSize ?? 500,
    watchSeconds: options.watchSeconds ?? 30,
    intervalMs,
    // More than one interval, so that a single fault is not told; less than three, so that a lasting one is.
    faultGraceMs: options.faultGraceMs ?? Math.max(2_000, 1.5 * intervalMs),
    log,
    signal: stopping.signal,
  });
  const metrics = createMetrics(collector);

  async function synchronize(): Promise<void> {
    const { teamId, clusterName } = options;
    const about = { callTimeoutMs, ...(teamId && { teamId }), ...(clusterName && { clusterName }) };
    const question = () => ({ caMd5: behaviour.digestCa(access.ca as Buffer), ...about });
    const clusterId = options.clusterId || (await fetchClusterId(client, question(), { log, signal: stopping.signal }));
    const sourceIp = options.sourceIp || (await findSourceIp(options.server));
    if (clusterId === undefined) return;
    const identity = { clusterId, agentId: options.agentId ?? 0, ...(sourceIp && { sourceIp }), ...(teamId && { teamId }) };
    const uploader = new Uploader(
      {
        client,
        collector,
        behaviour,
        identity,
        callTimeoutMs,
        log,
        signal: hangingUp.signal,
        onCall: (outcome, entries) => metrics.countCall(outcome, entries),
      },
      behaviour.firstVersion(),
    );
    log("info", "started", { server: options.server, cluster: clusterId, agentId: identity.agentId, intervalMs });
    await runSyncLoop(uploader, collector, { intervalMs, behaviour, log, signal: stopping.signal });
  }

  const ended = Promise.all([synchronize(), collector.stopped]);

  async function stop(): Promise<void> {
    stopping.abort();
    const waited = new AbortController();
    await Promise.race([ended, pause(LAST_CALL_MS, waited.signal)]);
    waited.abort();
    hangingUp.abort();
    client.close();
    await ended;
  }

  return { stop, metrics: () => metrics.render(), [Symbol.asyncDispose]: stop };
}
