import type { SyncRequest } from "../proto/index.ts";
import {
  type ClusterState,
  decide,
  type Decision,
  newClusterState,
  noteWriter,
  type Target,
  type Writers,
} from "./contract/index.ts";
import type { VirtualClock } from "./clock.ts";

/** An agent that was heard on a cluster_id. */
export interface AgentSeen {
  readonly agentId: number;
  readonly sourceIp: string;
  readonly requests: number;
  /** ISO 8601, on the mock's clock. */
  readonly lastHeard: string;
}

/** What the mock keeps of one cluster_id. */
export interface HeldCluster {
  readonly clusterId: string;
  readonly state: ClusterState;
  /** `KubernetesAPIInfo` bytes of the snapshot that the store holds. */
  readonly entries: readonly Uint8Array[];
  /** Whether the snapshot was held without an error_msg at some time, so that it may have been applied. */
  readonly wasClean: boolean;
  /** The snapshot before it that was; for what a target shows after a sync that failed. */
  readonly earlier?: readonly Uint8Array[];
  /** Whether the record's epoch is more than the ageing time ago. */
  readonly aged: boolean;
  readonly writers?: Writers;
  readonly agents: readonly AgentSeen[];
}

/** The mock's memory: lost on reset, shared by both services, keyed by cluster_id (protocol.md 2.1). */
export interface ClusterBook {
  /** Decides on a request, and keeps what the target would keep. */
  take(request: SyncRequest): Decision;
  size(): number;
  list(): readonly HeldCluster[];
  find(clusterId: string): HeldCluster | undefined;
  /** Restart with amnesia, of one cluster or of all. */
  reset(clusterId?: string): void;
}

interface Kept {
  state: ClusterState;
  /** K8s store records by team: the store is kept per organisation, the version table is not. */
  readonly stores: Map<string, Stored>;
  /** Team whose record was written last. */
  team: string;
  writers?: Writers;
  readonly agents: Map<string, { agentId: number; sourceIp: string; requests: number; heardMs: number }>;
}

interface Stored {
  record: ClusterState["record"];
  readonly entries: readonly Uint8Array[];
  wasClean: boolean;
  readonly earlier: { readonly entries: readonly Uint8Array[]; readonly bytes: number } | undefined;
  readonly bytes: number;
}

/** Hostile senders could name any number of clusters and agents, and fill each; the oldest give way. */
const MAX_CLUSTERS = 4_096;
const MAX_HELD_BYTES = 1024 * 1024 * 1024;
/** Snapshots that are kept only to show what a failed sync leaves: all together. */
const MAX_EARLIER_BYTES = 128 * 1024 * 1024;
const MAX_AGENTS = 256;
const MAX_SOURCE_IP_SHOWN = 64;

/** @param maxHeldBytes all snapshots together; the cluster heard first gives way */
export function createClusterBook(
  target: Target,
  clock: VirtualClock,
  knowsTeam: (id: string) => boolean,
  maxHeldBytes = MAX_HELD_BYTES,
): ClusterBook {
  const clusters = new Map<string, Kept>();
  let heldBytes = 0;
  let earlierBytes = 0;
  const context = { knowsTeam };

  function keep(clusterId: string): Kept {
    const known = clusters.get(clusterId);
    if (known) return known;
    const made: Kept = { state: newClusterState(), stores: new Map(), team: "", agents: new Map() };
    clusters.set(clusterId, made);
    makeRoom(made);
    return made;
  }

  function forget(clusterId: string): void {
    for (const { bytes, earlier } of clusters.get(clusterId)?.stores.values() ?? []) {
      heldBytes -= bytes;
      earlierBytes -= earlier?.bytes ?? 0;
    }
    clusters.delete(clusterId);
  }

  function makeRoom(except: Kept): void {
    for (const [clusterId, kept] of clusters) {
      if (clusters.size <= MAX_CLUSTERS && heldBytes <= maxHeldBytes) return;
      if (kept !== except) forget(clusterId);
    }
  }

  function view(clusterId: string, kept: Kept): HeldCluster {
    const stored = kept.stores.get(kept.team);
    const { writers } = kept;
    return {
      clusterId,
      state: { ...kept.state, record: stored?.record },
      entries: stored?.entries ?? [],
      wasClean: stored?.wasClean ?? false,
      ...(stored?.earlier && { earlier: stored.earlier.entries }),
      aged: stored?.record !== undefined && clock.now(clusterId) - stored.record.epochMs > target.ageingMs,
      ...(writers && { writers }),
      agents: [...kept.agents.values()].map(({ heardMs, ...agent }) => ({
        ...agent,
        lastHeard: new Date(heardMs).toISOString(),
      })),
    };
  }

  return {
    take(request) {
      const clusterId = request.clusterId ?? "";
      const nowMs = clock.now(clusterId);
      const { version, agentId, teamId, errorMsg } = request;
      const envelope = { version, clusterId, agentId, teamId, errorMsg, entryCount: request.entries.length };
      if (clusterId === "") return decide(newClusterState(), envelope, nowMs, target, context);
      const kept = keep(clusterId);
      hear(kept, request, nowMs);
      const team = target.teams ? (request.teamId ?? "") : "";
      const stored = kept.stores.get(team);
      const state = team === kept.team ? kept.state : { ...kept.state, record: stored?.record };
      const decision = decide(state, envelope, nowMs, target, context);
      kept.state = decision.state;
      if (decision.stored !== "dropped") {
        kept.team = team;
        const { record } = decision.state;
        if (decision.stored === "replaced" || !stored) {
          const bytes = byteLength(request.entries);
          const earlier =
            stored?.wasClean === false ? stored.earlier : stored && { entries: stored.entries, bytes: stored.bytes };
          earlierBytes -= stored?.earlier?.bytes ?? 0;
          const affordable = earlier && earlierBytes + earlier.bytes <= MAX_EARLIER_BYTES ? earlier : undefined;
          earlierBytes += affordable?.bytes ?? 0;
          const wasClean = record?.errorMsg === "";
          kept.stores.set(team, { record, entries: request.entries, bytes, wasClean, earlier: affordable });
          kept.writers = noteWriter(kept.writers, writerOf(request));
          heldBytes += bytes - (stored?.bytes ?? 0);
          makeRoom(kept);
        } else {
          stored.record = record;
          stored.wasClean ||= record?.errorMsg === "";
        }
      }
      return decision;
    },
    size: () => clusters.size,
    list: () => [...clusters].map(([clusterId, kept]) => view(clusterId, kept)),
    find(clusterId) {
      const kept = clusters.get(clusterId);
      return kept && view(clusterId, kept);
    },
    reset(clusterId) {
      for (const id of clusterId === undefined ? [...clusters.keys()] : [clusterId]) forget(id);
    },
  };
}

function byteLength(entries: readonly Uint8Array[]): number {
  return entries.reduce((sum, entry) => sum + entry.length, 0);
}

function writerOf({ agentId = 0, sourceIp = "" }: SyncRequest): string {
  return `agent id ${agentId} at ${JSON.stringify(sourceIp.slice(0, MAX_SOURCE_IP_SHOWN))}`;
}

function hear(kept: Kept, request: SyncRequest, nowMs: number): void {
  const agentId = request.agentId ?? 0;
  const sourceIp = (request.sourceIp ?? "").slice(0, MAX_SOURCE_IP_SHOWN);
  const key = `${agentId} ${sourceIp}`;
  const known = kept.agents.get(key);
  if (known) {
    known.requests += 1;
    known.heardMs = nowMs;
    return;
  }
  kept.agents.set(key, { agentId, sourceIp, requests: 1, heardMs: nowMs });
  dropOldest(kept.agents, MAX_AGENTS);
}

function dropOldest(map: Map<string, unknown>, limit: number): void {
  if (map.size <= limit) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
