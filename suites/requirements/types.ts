/** How much a requirement weighs: a MUST decides the exit code, a SHOULD only under `--fail-on should`. */
export type RequirementLevel = "MUST" | "SHOULD";

/** The named sets of requirements that `--profile` takes, `all` apart. */
export const profiles = ["core", "recovery", "kubernetes", "restricted", "environments", "scale"] as const;
/** A set of requirements that is judged together. */
export type Profile = (typeof profiles)[number];

/** What an agent may declare by `--features`. */
export const features = ["openshift", "openkruise", "no-watch", "ha", "cluster-id"] as const;
/** Something that an agent declares. */
export type Feature = (typeof features)[number];

/** The scenarios that judged requirements name. */
export type ScenarioName =
  | "first-snapshot"
  | "life-of-objects"
  | "held-version-lost"
  | "server-restarts"
  | "server-errors"
  | "call-unanswered"
  | "answer-lost"
  | "request-cut"
  | "agent-restarts"
  | "environment-openshift"
  | "environment-openkruise"
  | "api-kind-refused"
  | "api-all-refused"
  | "api-server-down"
  | "api-throttled"
  | "api-watch-cut"
  | "api-watch-expired"
  | "api-lists-in-pages"
  | "api-list-stale"
  | "cluster-id-asked"
  | "cluster-role"
  | "not-watching"
  | "replicas"
  | "large-cluster"
  | "odd-objects"
  | "burst"
  | "another-writer"
  | "long-quiet"
  | "server-slow"
  | "agent-paused"
  | "rolling-update";

/**
 * The targets that a requirement holds for: everywhere, the server lines (not `document`), or the lines whose newest tag
 * is this one or later.
 */
export type TargetPredicate = "all" | "lines" | `>=v${number}.${number}.${number}`;

/** One numbered sentence that an agent must satisfy. Ids, levels and meaning are API: never reused, never changed. */
export interface Requirement {
  /** `KAS-<AREA>-<n>`. */
  readonly id: string;
  readonly level: RequirementLevel;
  readonly profile: Profile;
  readonly holdsFor: { readonly targets: TargetPredicate; readonly features: readonly Feature[] };
  /** A few words, for tables. */
  readonly title: string;
  /** The whole sentence. */
  readonly text: string;
  /** Where it comes from: `doc` and its section, a row or section of protocol.md, or `ours`. */
  readonly source: string;
  /** Scenarios that bring about the situation in which the requirement can be met or broken. */
  readonly scenarios: readonly ScenarioName[];
  /** Mutant agents that break it, by switch name. */
  readonly mutants: readonly string[];
  /** False while no check of it is built. */
  readonly judged: boolean;
  /** Why it is not judged; present exactly where `judged` is false. */
  readonly notJudgedBecause?: string;
}
