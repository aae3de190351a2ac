/** Who wrote a cluster's snapshots last. Immutable. */
export interface Writers {
  readonly last: string;
  /** The writer before the last one, where that was another. */
  readonly previous?: string;
  /** How often the snapshot went back to the writer before. */
  readonly returns: number;
}

/**
 * Notes that a snapshot of a cluster_id was stored. Two senders overwrite each other in turns, for ever, and the real
 * server never says so; an agent that was replaced by another never comes back. Source: protocol.md 2.6.
 */
export function noteWriter(writers: Writers | undefined, writer: string): Writers {
  if (!writers) return { last: writer, returns: 0 };
  if (writers.last === writer) return writers;
  return { last: writer, previous: writers.last, returns: writers.returns + (writers.previous === writer ? 1 : 0) };
}

/** What is to be said of two writers; undefined where there is but one. */
export function writersTrouble({ last, previous, returns }: Writers): string | undefined {
  if (returns === 0 || previous === undefined) return undefined;
  return `two senders write this cluster_id in turns: ${previous}, and ${last}; each finds its version lost at every heartbeat and sends everything again. To mend it: let one of them upload at a time, or give each its own cluster_id.`;
}
