import { findTarget, type Target } from "../server-mock/contract/index.ts";
import type { RawLine } from "../transcript/index.ts";
import { applyBaseline, type Baselined, readBaseline } from "./baseline/index.ts";
import { countsOf, excludedResult, exitCodeOf, findCheck, type NamedVerdict, notTestable, resultOf } from "./checks/index.ts";
import { DocumentError } from "./documents/index.ts";
import { createHistoryReader, HistoryError } from "./history/index.ts";
import type { History } from "./history/types.ts";
import { inventoriesOf } from "./inventory.ts";
import { judgeTenant, type TenantJudgement } from "./judging/judge-tenant.ts";
import { type Row, rowsOf } from "./judging/rows.ts";
import { warningsOf } from "./judging/warnings.ts";
import type { Plan, PlannedScenario } from "./plan.ts";
import { repeatResults } from "./repeats.ts";
import { type CheckResult, isRedEntry, type Results } from "./results.ts";

export { exitCodeOf } from "./checks/index.ts";
export { HistoryError } from "./history/index.ts";

/**
 * A scenario run is judged and forgotten so long after its end, in milliseconds of the transcript: what the harness
 * notices late, such as having stood still, stands there by then.
 */
const SETTLED_MS = 2_000;

/**
 * Judges a transcript. The same lines give the same results, byte for byte. Each scenario run is forgotten once it was
 * judged, so that what is held does not grow with their number.
 *
 * @throws HistoryError where the transcript says of no plan what it was to show, or of a target that is unknown
 */
export function judgeTranscript(lines: Iterable<RawLine>): Results {
  const reader = createHistoryReader();
  const ended: { readonly tenant: string; readonly t: number }[] = [];
  const judged: TenantJudgement[] = [];
  let bench: ReturnType<typeof benchFor> | undefined;
  for (const line of lines) {
    reader.push(line);
    if (line.side === "run" && line.kind === "scenario-ended") ended.push({ tenant: line.tenant, t: line.t });
    for (let [first] = ended; first !== undefined && line.t >= first.t + SETTLED_MS; [first] = ended) {
      ended.shift();
      const scenario = reader.scenario(first.tenant);
      if (scenario === undefined) continue;
      const history = reader.history();
      bench ??= benchFor(history.plan);
      judged.push(judgeTenant(scenario, history, bench.target, bench.rows));
      reader.forget(first.tenant);
    }
  }
  return judge(reader.history(), judged);
}

/** The same from a history that was read already. @param judged what of it was judged before, and forgotten */
export function judge(history: History, judged: readonly TenantJudgement[] = []): Results {
  const { plan } = history;
  const { target, rows } = benchFor(plan);
  const rest = history.scenarios.map((scenario) => judgeTenant(scenario, history, target, rows));
  const tenants = [...judged, ...rest].sort((a, b) => a.seq - b.seq);
  const faults = tenants.flatMap(({ problems }) => problems);
  const { checks, entries } = baselined(checksOf(rows, history, tenants), plan);
  const facts = { ...history, scenarios: tenants.map((tenant) => tenant.facts) };
  return {
    schemaVersion: 1,
    run: { id: plan.runId, startedAt: plan.startedAt, durationMs: history.durationMs, seed: plan.seed },
    harness: plan.harness,
    agent: plan.agent,
    target: plan.target,
    cluster: { kind: plan.cluster.kind, version: history.clusterVersion ?? plan.cluster.version ?? "unknown" },
    profiles: plan.profiles,
    features: plan.features,
    counts: countsOf(checks),
    exitCode: exitCodeOf(facts, checks, plan, faults, entries?.some(isRedEntry)),
    checks,
    inventory: inventoriesOf(tenants),
    faults: tenants.flatMap((tenant) => tenant.faults),
    warnings: warningsOf(history, tenants, faults),
    ...(plan.scenarios.some(({ name, tenant }) => name !== tenant) && { repeats: repeatResults(checks) }),
    ...(plan.baseline && entries && { baseline: { name: plan.baseline.name, entries } }),
  };
}

function benchFor(plan: Plan): { readonly target: Target; readonly rows: readonly Row[] } {
  const target = findTarget(plan.target);
  if (!target) throw new HistoryError(`the transcript was made for target ${plan.target}, which this version does not know`);
  return { target, rows: rowsOf(plan) };
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

/** The row of each requirement, from what was said of it in each of its scenarios. */
function checksOf(rows: readonly Row[], history: History, tenants: readonly TenantJudgement[]): readonly CheckResult[] {
  const byTenant = new Map(tenants.map((tenant) => [tenant.tenant, tenant]));
  return rows.map(({ requirement, excluded }): CheckResult => {
    if (excluded !== undefined) return excludedResult(requirement, `does not hold for this run: ${excluded}`);
    const { id, notJudgedBecause } = requirement;
    if (!findCheck(id)) return resultOf(requirement, [], `not judged: ${notJudgedBecause ?? "no check of it is built"}`);
    const verdicts = history.plan.scenarios
      .filter(({ name }) => (requirement.scenarios as readonly string[]).includes(name))
      .map((planned): NamedVerdict => {
        const said = byTenant.get(planned.tenant)?.verdicts.get(id);
        return said ?? { name: planned.tenant, verdict: notTestable(whyNotRun(history, planned)) };
      });
    return resultOf(requirement, verdicts, `not judged: none of its scenarios was planned (${requirement.scenarios.join(", ")})`);
  });
}

function whyNotRun({ interrupted, troubles }: History, { tenant }: PlannedScenario): string {
  const trouble = troubles.find((candidate) => candidate.tenant === tenant || candidate.tenant === "");
  return `the scenario did not run${trouble ? `: ${trouble.text}` : interrupted ? ": the run was interrupted" : ""}`;
}
