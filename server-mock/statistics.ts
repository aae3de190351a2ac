/** Plain counters behind the metrics page, since the hot path must not pay for labels. All labels are bounded. */
export interface Statistics {
  /** Ended calls by method (KubernetesAPISync, GetKubernetesClusterID, other) and gRPC code. */
  readonly calls: Map<string, { readonly method: string; readonly code: number; count: number }>;
  /** Decided KubernetesAPISync requests by row of protocol.md 2.2. */
  readonly rows: Map<string, number>;
  /** Findings by code. */
  readonly findings: Map<string, number>;
  receivedBytes: number;
}

const METHODS = ["KubernetesAPISync", "GetKubernetesClusterID"];

/** Makes statistics that stand at zero. */
export function createStatistics(): Statistics {
  return { calls: new Map(), rows: new Map(), findings: new Map(), receivedBytes: 0 };
}

/** Counts an ended call. Paths are the caller's to choose, so what is no known method shares one counter per code. */
export function countCall(statistics: Statistics, path: string, code: number): void {
  const method = METHODS.find((name) => path.endsWith(name)) ?? "other";
  const key = code === 0 ? method : `${method} ${code}`;
  const known = statistics.calls.get(key);
  if (known) known.count += 1;
  else statistics.calls.set(key, { method, code, count: 1 });
}

/** Counts one more under a key of a bounded set. */
export function count(counters: Map<string, number>, key: string): void {
  counters.set(key, (counters.get(key) ?? 0) + 1);
}
