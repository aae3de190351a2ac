/** Milliseconds since the epoch that only tests and people move: time passes as it does, and can be advanced. */
export interface VirtualClock {
  now(cluster: string): number;
  /** Advances one cluster's time, or everybody's. */
  advance(ms: number, cluster?: string): void;
}

/** @param base a monotonic clock in milliseconds since the epoch */
export function createClock(base: () => number = () => performance.timeOrigin + performance.now()): VirtualClock {
  const ahead = new Map<string, number>();
  let everybody = 0;
  return {
    now: (cluster) => base() + everybody + (ahead.get(cluster) ?? 0),
    advance(ms, cluster) {
      if (cluster === undefined) everybody += ms;
      else ahead.set(cluster, (ahead.get(cluster) ?? 0) + ms);
    },
  };
}
