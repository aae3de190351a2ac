import type { Feature, Profile, Requirement, RequirementLevel, ScenarioName, TargetPredicate } from "./types.ts";

/** What every row says; the rest has defaults. */
interface Sentence {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly source: string;
  readonly level?: RequirementLevel;
  readonly targets?: TargetPredicate;
  readonly features?: readonly Feature[];
}

/** All scenarios of the core profile: for what can be broken at any time. */
export const everywhere: readonly ScenarioName[] = ["first-snapshot", "life-of-objects", "held-version-lost"];

/** All scenarios of the kubernetes profile: for what trouble at the API server can break anywhere. */
export const throughTrouble: readonly ScenarioName[] = [
  "api-kind-refused",
  "api-all-refused",
  "api-server-down",
  "api-throttled",
  "api-watch-cut",
  "api-watch-expired",
  "api-lists-in-pages",
  "api-list-stale",
];

/** A sentence with its check's scenarios and mutants. */
type JudgedSentence = Sentence & { readonly scenarios: readonly ScenarioName[]; readonly mutants: readonly string[] };

/** A requirement of the core profile, which has a check. Level MUST and all targets unless said otherwise. */
export function core(sentence: JudgedSentence): Requirement {
  return judged("core", sentence);
}

/** A requirement of any profile that has a check. Level MUST and all targets unless said otherwise. */
export function judged(profile: Profile, sentence: JudgedSentence): Requirement {
  return { ...row(profile, sentence), scenarios: sentence.scenarios, mutants: sentence.mutants, judged: true };
}

function row(profile: Profile, sentence: Sentence) {
  const { id, title, text, source, level = "MUST", targets = "all", features = [] } = sentence;
  return { id, level, profile, holdsFor: { targets, features }, title, text, source };
}
