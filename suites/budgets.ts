/**
 * Every wait of the harness, in one table. All in milliseconds.
 * I is the interval that the agent was told.
 */
export interface Budgets {
  /** From the agent's start to its first snapshot. */
  readonly start: number;
  /** From a change's commit to a snapshot that shows it. */
  readonly staleness: number;
  /** From an answer with another version to a request with all entries. */
  readonly echo: number;
  /** From the end of a transport fault to the next request. */
  readonly transport: number;
  /** From the end of an API fault to the next complete snapshot. */
  readonly api: number;
  /** Between two requests while nothing changes. */
  readonly heartbeat: number;
  /** From SIGTERM to the exit. */
  readonly grace: number;
  /** From the agent's start to its first snapshot of a large cluster (ours: twice the start budget, for about ten times the objects). */
  readonly scale: number;
  /** How long an outage of the server lasts at most; it ends sooner where the agent was seen to try. */
  readonly outage: number;
  /** How long a window is in which nothing changes on purpose (ours: several intervals, so that a poller shows). */
  readonly quiet: number;
}

const SECOND = 1_000;

/** The budgets for an interval, scaled by `--budget-scale`. The quiet window and the outage are not limits on the agent and are not scaled. */
export function budgetsFor(intervalMs: number, scale = 1): Budgets {
  const atLeast = (seconds: number, intervals: number) => Math.max(seconds * SECOND, intervals * intervalMs);
  return {
    start: atLeast(30, 10) * scale,
    staleness: atLeast(5, 3) * scale,
    echo: atLeast(5, 3) * scale,
    transport: atLeast(20, 5) * scale,
    api: atLeast(45, 5) * scale,
    heartbeat: atLeast(3, 3) * scale,
    grace: 10 * SECOND * scale,
    scale: atLeast(60, 20) * scale,
    outage: 3 * SECOND,
    quiet: atLeast(6, 6),
  };
}
