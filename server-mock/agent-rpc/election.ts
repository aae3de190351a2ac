import type { WatchPolicy } from "../../proto/index.ts";

/** Silence after which a watcher loses its cluster, milliseconds (protocol.md 2.4, 5.6). */
const WATCHER_EXPIRY_MS = 600_000;

const MOST_CLUSTERS = 4_096;

/** Who watches which cluster (protocol.md 5.6). It decides who is told to watch; KubernetesAPISync never asks it. */
export interface Election {
  /**
   * Takes note of a Sync that names a cluster; says whether its sender is the watcher now. The first one claims the
   * cluster and keeps it as long as it goes on; a watch-only agent takes it at once; a watch-disabled one never gets it.
   *
   * @param claimant what tells agents apart
   */
  sync(clusterId: string, claimant: string, policy: WatchPolicy, nowMs: number): boolean;
}

/** A real server keeps this table in its database, so that no restart makes it forget; nor does a reset of the mock. */
export function createElection(expiryMs = WATCHER_EXPIRY_MS): Election {
  const watchers = new Map<string, { readonly claimant: string; readonly heardMs: number }>();
  return {
    sync(clusterId, claimant, policy, nowMs) {
      if (policy === "watch-disabled") return false;
      const holder = watchers.get(clusterId);
      const free = !holder || nowMs - holder.heardMs >= expiryMs;
      if (!free && policy !== "watch-only" && holder.claimant !== claimant) return false;
      watchers.delete(clusterId);
      watchers.set(clusterId, { claimant, heardMs: nowMs });
      const [oldest] = watchers.keys();
      if (watchers.size > MOST_CLUSTERS && oldest !== undefined) watchers.delete(oldest);
      return true;
    },
  };
}
