import { type BaselineEntryResult, type CheckResult, scenarioOf, type ScenarioResult } from "../results.ts";
import { type BaselinedRun, entryText, type ExpectedEntry, type FlakyEntry, isAbout } from "./types.ts";

/**
 * What has become of an entry.
 *
 * - `failed`: it fails, as expected · `flaked`: it failed and passed, as expected · `open`: it could not be tested
 * - `elsewhere`: it is about other targets or clusters
 * - red: `stale` (it passes) · `constant` (listed as flaky, and fails every time) · `unmatched` (it was not judged) ·
 *   `expired`
 */
type EntryState = BaselineEntryResult["state"];

/** What has become of an entry, and what it says for people, with the way to mend it where it is red. */
export interface EntryOutcome {
  readonly state: EntryState;
  readonly message: string;
  /** Names of the scenario runs whose failure it excuses. */
  readonly excuses: readonly string[];
}

/** Holds one entry against what was judged. @param check the row of its id; undefined where there is none */
export function outcomeOf(entry: ExpectedEntry | FlakyEntry, check: CheckResult | undefined, run: BaselinedRun): EntryOutcome {
  const what = entryText(entry);
  const plain = (state: EntryState, message: string): EntryOutcome => ({ state, message, excuses: [] });
  if (!isAbout(entry, run)) return plain("elsewhere", `${what} is about other targets or clusters than those of this run`);
  if (run.startedAt.slice(0, 10) > entry.expires) {
    return plain(
      "expired",
      `${what} expired on ${entry.expires}: mend the agent and take the entry out, or agree on another day`,
    );
  }
  if (check === undefined) {
    return plain(
      "unmatched",
      `${what} was not judged in this run: judge it (--profile, --features, --only), or take the entry out`,
    );
  }
  const rows = check.scenarios.filter(({ name }) => entry.scenario === undefined || scenarioOf(name) === entry.scenario);
  if (rows.length === 0 && entry.scenario === undefined && check.verdict === "not-testable") {
    return plain("open", `${what} could not be tested: ${check.message}`);
  }
  if (rows.length === 0) {
    const where = [...new Set(check.scenarios.map(({ name }) => scenarioOf(name)))].join(", ");
    const why = where === "" ? check.message : `it is judged in ${where}`;
    return plain("unmatched", `${what} was not judged in this run (${why}): mend or take out the entry`);
  }
  return "repeat" in entry ? flakyOutcome(entry, rows) : expectedOutcome(entry, rows);
}

function expectedOutcome(entry: ExpectedEntry, rows: readonly ScenarioResult[]): EntryOutcome {
  const what = entryText(entry);
  const failed = namesOf(rows, "fail");
  if (failed.length > 0) {
    const rare = namesOf(rows, "pass").some((name) => failed.some((other) => scenarioOf(other) === scenarioOf(name)));
    const hint = rare ? "; it comes and goes, so that it belongs into the list flaky" : "";
    return { state: "failed", message: `${what} fails as expected: ${entry.reason}${hint}`, excuses: failed };
  }
  return unfailed(what, rows, `${what} passes now: take the entry out, so that it is noticed when it fails again`);
}

/** Told too seldom, or failing every time, it is no flake that anybody has seen. */
function flakyOutcome(entry: FlakyEntry, rows: readonly ScenarioResult[]): EntryOutcome {
  const what = entryText(entry);
  const groups = [...byScenario(rows)].map(([scenario, tellings]) => ({ scenario, tellings }));
  const seldom = groups.find(({ tellings }) => tellings.length < entry.repeat);
  if (seldom) {
    const message = `${what} was told ${seldom.tellings.length} of ${entry.repeat} times, too seldom to call its failure a flake: give the baseline to \`run\`, or --repeat ${entry.repeat}`;
    return { state: "unmatched", message, excuses: [] };
  }
  const failed = namesOf(rows, "fail");
  const constant = groups.filter(
    ({ tellings }) => namesOf(tellings, "fail").length > 0 && namesOf(tellings, "pass").length === 0,
  );
  const flaking = groups.filter(({ tellings }) => namesOf(tellings, "pass").length > 0);
  const excuses = flaking.flatMap(({ tellings }) => namesOf(tellings, "fail"));
  if (constant.length > 0) {
    const where = constant.map(({ scenario, tellings }) => `${scenario} in all ${tellings.length}`).join(", ");
    return {
      state: "constant",
      message: `${entry.id} is listed as flaky and never passed (${where}): that is no flake; mend the agent, or list it under expected`,
      excuses,
    };
  }
  if (failed.length > 0) {
    return {
      state: "flaked",
      message: `${what} failed in ${failed.length} of ${rows.length} and passed else: ${entry.reason}`,
      excuses,
    };
  }
  return unfailed(what, rows, `${what} failed in none of ${rows.length}: take the entry out, or raise its repeat if it is rarer`);
}

/** Where nothing failed: the entry is stale only if something passed. */
function unfailed(what: string, rows: readonly ScenarioResult[], stale: string): EntryOutcome {
  const [open] = rows.filter(({ verdict }) => verdict === "not-testable");
  if (open) return { state: "open", message: `${what} could not be tested: ${open.message}`, excuses: [] };
  if (rows.some(({ verdict }) => verdict === "pass")) return { state: "stale", message: stale, excuses: [] };
  const [first] = rows;
  return {
    state: "unmatched",
    message: `${what} did not apply in this run (${first?.message ?? ""}): take the entry out`,
    excuses: [],
  };
}

function namesOf(rows: readonly ScenarioResult[], verdict: ScenarioResult["verdict"]): readonly string[] {
  return rows.filter((row) => row.verdict === verdict).map(({ name }) => name);
}

function byScenario(rows: readonly ScenarioResult[]): ReadonlyMap<string, readonly ScenarioResult[]> {
  const groups = new Map<string, ScenarioResult[]>();
  for (const row of rows) {
    const scenario = scenarioOf(row.name);
    groups.set(scenario, [...(groups.get(scenario) ?? []), row]);
  }
  return groups;
}
