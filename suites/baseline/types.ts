/** A user's file of failures that are known and agreed on. */
export interface Baseline {
  /** Failures that are expected until they are mended. */
  readonly expected: readonly ExpectedEntry[];
  /** Failures that come and go. */
  readonly flaky: readonly FlakyEntry[];
}

/** What every entry says. */
export interface ExpectedEntry {
  /** `KAS-<AREA>-<n>` */
  readonly id: string;
  /** This scenario alone; absent: every one in which the requirement is judged. */
  readonly scenario?: string;
  /** Only for runs against these targets; absent: all. */
  readonly targets?: readonly string[];
  /** Only for runs on these kinds of cluster; absent: all. */
  readonly clusters?: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

/** An entry of a failure that comes and goes. */
export interface FlakyEntry extends ExpectedEntry {
  /** So many tellings of a scenario show the failure at least once, and a pass at least once. */
  readonly repeat: number;
}

/** What decides whether an entry is about a run. */
export interface BaselinedRun {
  readonly target: string;
  readonly clusterKind: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** True where an entry is about such a run. */
export function isAbout({ targets, clusters }: ExpectedEntry, { target, clusterKind }: Omit<BaselinedRun, "startedAt">): boolean {
  return (targets?.includes(target) ?? true) && (clusters?.includes(clusterKind) ?? true);
}

/** `KAS-SNAP-3 in life-of-objects`. */
export function entryText({ id, scenario }: Pick<ExpectedEntry, "id" | "scenario">): string {
  return scenario === undefined ? id : `${id} in ${scenario}`;
}
