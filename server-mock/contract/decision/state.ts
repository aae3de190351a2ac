/** What the K8s store keeps of a cluster: the record of the last snapshot it took (protocol.md 2.1, 2.3). */
export interface StoreRecord {
  readonly version: bigint;
  /** When it was last written or refreshed, on the mock's clock. */
  readonly epochMs: number;
  readonly errorMsg: string;
  /** Entries of the request that wrote it; 0 where a heartbeat alone did. */
  readonly entryCount: number;
}

/** What a target remembers of one cluster_id. Immutable: every decision gives the next one. */
export interface ClusterState {
  /** Version table; undefined: never seen or forgotten. The server answers 0 for that. */
  readonly heldVersion: bigint | undefined;
  readonly lastSeenMs: number | undefined;
  readonly record: StoreRecord | undefined;
}

/** A cluster that the target knows nothing of. */
export function newClusterState(): ClusterState {
  return { heldVersion: undefined, lastSeenMs: undefined, record: undefined };
}
