import { findTarget } from "../server-mock/contract/index.ts";
import type { RawLine } from "../transcript/index.ts";
import {
  type CheckContext,
  countsOf,
  excludedResult,
  exitCodeOf,
  findCheck,
  judgeScenario,
  type NamedVerdict,
  notTestable,
  resultOf,
} from "./checks/index.ts";
import { applyBaseline, type Baselined, readBaseline } from "./baseline/index.ts";
import { DocumentError } from "./documents/index.ts";
import { createHistoryReader, HistoryError } from "./history/index.ts";
import type { History } from "./history/types.ts";
import { createOracle } from "./oracle/index.ts";
import { inventoryResult } from "./inventory.ts";
import type { Plan, PlannedScenario } from "./plan.ts";
import { exclusionOf, findRequirement, type Requirement, requirements } from "./requirements/index.ts";
import { repeatResults } from "./repeats.ts";
import { type CheckResult, isRedEntry, type Results } from "./results.ts";

export { exitCodeOf } from "./checks/index.ts";
export { HistoryError } from "./history/index.ts";

/**
 * Judges a transcript. The same lines give the same results, byte for byte.
 *
 * @throws HistoryError where the transcript says of no plan what it was to show, or of a target that is unknown
 */
export function judgeTranscript(lines: Iterable<RawLine>): Results {
  const reader = createHistoryReader();
  for (const line of lines) reader.push(line);
  return judge(reader.history());
}

/** The same from a history that was read already. */
export function judge(history: History): Results {
  const { plan } = history;
  const faults: string[] = [];
  const contexts = contextsOf(history);
  const judged = rowsOf(plan).map((row): CheckResult => {
    if (row.excluded !== undefined) return excludedResult(row.requirement, `does not hold for this run: ${row.excluded}`);
    return judgeRequirement(row.requirement, history, contexts, faults);
  });
  const { checks, entries } = baselined(judged, plan);
  return {
    schemaVersion: 1,
    run: { id: plan.runId, startedAt: plan.startedAt, durationMs: history.durationMs, seed: plan.seed },
    harness: plan.harness,
    agent: plan.agent,
    target: plan.target,
    cluster: plan.cluster,
    profiles: plan.profiles,
    features: plan.features,
    counts: countsOf(checks),
    exitCode: exitCodeOf(history, checks, plan, faults, entries?.some(isRedEntry)),
    checks,
    inventory: [...contexts.values()].flatMap(
      ({ scenario, oracle, target }) => inventoryResult(scenario, oracle.accepted, target) ?? [],
    ),
    faults: history.scenarios.flatMap((scenario) =>
      scenario.faults.map(({ fault, fired }) => ({ scripted: fault, fired: fired !== undefined })),
    ),
    warnings: warningsOf(history, faults),
    ...(plan.scenarios.some(({ name, tenant }) => name !== tenant) && { repeats: repeatResults(checks) }),
    ...(plan.baseline && entries && { baseline: { name: plan.baseline.name, entries } }),
  };
}

/** @throws HistoryError where the plan's baseline is none; no run begins with such a plan */
function baselined(checks: readonly CheckResult[], plan: Plan): Pick<Results, "checks"> & Partial<Baselined> {
  if (plan.baseline === undefined) return { checks };
  const { target, cluster, startedAt } = plan;
  try {
    const baseline = readBaseline(plan.baseline.text, plan.baseline.name);
    return applyBaseline(checks, baseline, { target, clusterKind: cluster.kind, startedAt });
  } catch (error) {
    if (error instanceof DocumentError) throw new HistoryError(`the baseline in the plan cannot be read: ${error.message}`);
    throw error;
  }
}

interface Row {
  readonly requirement: Requirement;
  /** Why it does not hold; absent where it is to be judged. */
  readonly excluded?: string;
}

/**
 * What is reported: all that was planned, and what target, profile or features exclude. A run that was narrowed to some
 * ids says nothing of the others.
 */
function rowsOf(plan: Plan): readonly Row[] {
  const rows = requirements.map((requirement) => ({ requirement, excluded: exclusionOf(requirement, plan) }));
  const narrowed = rows.some(
    ({ requirement, excluded }) => excluded === undefined && !plan.requirements.includes(requirement.id),
  );
  const known = rows.flatMap(({ requirement, excluded }): readonly Row[] => {
    if (plan.requirements.includes(requirement.id)) return [{ requirement }];
    return narrowed || excluded === undefined ? [] : [{ requirement, excluded }];
  });
  const unknown = plan.requirements.filter((id) => !findRequirement(id)).map((id) => ({ requirement: unknownRequirement(id) }));
  return [...known, ...unknown];
}

/** An id that a newer harness planned: nobody here can judge it, and it must not get lost. */
function unknownRequirement(id: string): Requirement {
  return {
    id,
    level: "MUST",
    profile: "core",
    holdsFor: { targets: "all", features: [] },
    title: "unknown to this version",
    text: "",
    source: "",
    scenarios: [],
    mutants: [],
    judged: false,
    notJudgedBecause: "this version does not know the requirement",
  };
}

function contextsOf(history: History): ReadonlyMap<string, CheckContext> {
  const { plan } = history;
  const target = findTarget(plan.target);
  if (!target) throw new HistoryError(`the transcript was made for target ${plan.target}, which this version does not know`);
  return new Map(
    history.scenarios.map((scenario) => [
      scenario.tenant,
      { scenario, plan, target, oracle: createOracle(scenario, plan, target, history.stalls) },
    ]),
  );
}

function judgeRequirement(
  requirement: Requirement,
  history: History,
  contexts: ReadonlyMap<string, CheckContext>,
  faults: string[],
): CheckResult {
  const check = findCheck(requirement.id);
  if (!check) return resultOf(requirement, [], `not judged: ${requirement.notJudgedBecause ?? "no check of it is built"}`);
  const scenarios = history.plan.scenarios.filter(({ name }) => (requirement.scenarios as readonly string[]).includes(name));
  const verdicts = scenarios.map((planned): NamedVerdict => {
    const context = contexts.get(planned.tenant);
    if (!context) return { name: planned.tenant, verdict: notTestable(whyNotRun(history, planned)) };
    const troubles = history.troubles.filter(({ tenant }) => tenant === planned.tenant);
    try {
      return { name: planned.tenant, verdict: judgeScenario(check, context, troubles) };
    } catch (error) {
      const problem = `the check of ${check.id} failed in ${planned.tenant}: ${error instanceof Error ? error.message : String(error)}`;
      faults.push(problem);
      return { name: planned.tenant, verdict: notTestable(`the harness is at fault: ${problem}`) };
    }
  });
  return resultOf(requirement, verdicts, `not judged: none of its scenarios was planned (${requirement.scenarios.join(", ")})`);
}

function whyNotRun({ interrupted, troubles }: History, { tenant }: PlannedScenario): string {
  const trouble = troubles.find((candidate) => candidate.tenant === tenant || candidate.tenant === "");
  return `the scenario did not run${trouble ? `: ${trouble.text}` : interrupted ? ": the run was interrupted" : ""}`;
}

function warningsOf(history: History, faults: readonly string[]): readonly string[] {
  const { scenarios, troubles, ended, interrupted } = history;
  return [
    ...faults,
    ...troubles.map(({ tenant, blame, text }) => `${tenant === "" ? "" : `${tenant}: `}${blame}: ${text}`),
    ...scenarios.flatMap(({ tenant, steps, ended: end }) => [
      ...steps
        .filter((step) => step.ended?.satisfied === false)
        .map(({ step, note }) => `${tenant}: step ${step} was not satisfied in time${note === undefined ? "" : ` (${note})`}`),
      ...(end?.aborted === undefined ? [] : [`${tenant}: ended early: ${end.aborted}`]),
    ]),
    ...stallWarning(history),
    ...(ended || interrupted ? [] : ["the transcript breaks off before the end of the run"]),
  ];
}

/** Small stalls change nothing that a reader would notice. */
const WORTH_A_WARNING_MS = 2_000;

/** What the harness does before the first agent starts keeps nobody waiting. */
function stallWarning({ stalls, scenarios }: History): readonly string[] {
  const began = Math.min(...scenarios.flatMap(({ agent }) => agent.lives.slice(0, 1).map(({ started }) => started.t)));
  const total = stalls.reduce((sum, { t, ms }) => sum + Math.max(0, Math.min(ms, t - began)), 0);
  if (total < WORTH_A_WARNING_MS) return [];
  return [
    `the harness itself stood still for ${Math.round(total / 100) / 10} s in all (the machine is overloaded, or slept); no budget of the agent counts that time`,
  ];
}
