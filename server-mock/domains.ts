/** The domains that a mock knows (protocol.md 2.7), by cluster_id. */
export interface DomainBook {
  /** One is made, as by GetKubernetesClusterID. */
  add(clusterId: string): void;
  has(clusterId: string): boolean;
  /** How many that were made since the start gave way to later ones. */
  readonly forgotten: number;
}

/** Hostile senders could have any number made; the oldest give way. */
const MAX_MADE = 4_096;
/** Far beyond the 32 characters that a real server takes. */
const MAX_ID_LENGTH = 256;

/** @param given those of the user, which never give way */
export function createDomainBook(given: readonly string[], maxMade = MAX_MADE): DomainBook {
  const fixed = new Set(given);
  const made = new Set<string>();
  let forgotten = 0;
  return {
    add(clusterId) {
      if (fixed.has(clusterId) || clusterId.length > MAX_ID_LENGTH) return;
      made.delete(clusterId);
      made.add(clusterId);
      const [oldest] = made;
      if (made.size <= maxMade || oldest === undefined) return;
      made.delete(oldest);
      forgotten += 1;
    },
    has: (clusterId) => fixed.has(clusterId) || made.has(clusterId),
    get forgotten() {
      return forgotten;
    },
  };
}
