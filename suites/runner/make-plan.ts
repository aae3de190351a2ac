import { type Baseline, readBaseline, repeatsOf } from "../baseline/index.ts";
import { readFaults } from "../fault-script/index.ts";
import { sha256 } from "../../transcript/index.ts";
import { budgetsFor } from "../budgets.ts";
import { whyOutOfReach } from "../out-of-reach.ts";
import type { AgentConfiguration, Plan, PlannedAgent, PlannedScenario } from "../plan.ts";
import { type GrantedRole, minimalRules } from "../permissions/index.ts";
import {
  features,
  requirementsFor,
  requirementSet,
  requirementSetSha256,
  SelectionError,
  type Requirement,
} from "../requirements/index.ts";
import { scaleSize } from "../scenarios/scale-size.ts";
import { findScenario, type Scenario, scenariosOf, whyUntold } from "../scenarios/index.ts";

/** What a plan is made from. Everything that is not a function of these stays out of the plan. */
export interface PlanRequest {
  /** Version of the harness. */
  readonly version: string;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seed: number;
  readonly target: string;
  readonly profiles: readonly string[];
  readonly features: readonly string[];
  /** Patterns of requirement ids; empty: all of the profiles. */
  readonly only: readonly string[];
  readonly intervalMs: number;
  readonly callTimeoutMs: number;
  readonly budgetScale: number;
  /** In place of the start budget by the interval. */
  readonly startTimeoutMs?: number;
  readonly agent: PlannedAgent;
  readonly configuration?: AgentConfiguration;
  readonly cluster: Plan["cluster"];
  /** What the agent may do in scenarios that grant no more; default the smallest role that will do. */
  readonly clusterRole?: GrantedRole;
  readonly failOn: Plan["failOn"];
  /** How large the run was told that clusters are. */
  readonly size?: Partial<NonNullable<Plan["scale"]>>;
  /** How often each scenario is told; default once. */
  readonly repeat?: number;
  readonly baseline?: Plan["baseline"];
  readonly faults?: Plan["faults"];
}

/**
 * Decides what a run does and judges, before it does anything. Pure.
 *
 * @throws SelectionError where a profile, a feature or a pattern selects nothing that exists; DocumentError where the
 *   baseline or the file of faults is none
 */
export function makePlan(request: PlanRequest): Plan {
  const unknown = request.features.find((feature) => !(features as readonly string[]).includes(feature));
  if (unknown !== undefined) throw new SelectionError(`unknown feature "${unknown}"; there are ${features.join(", ")}`);
  const requirements = requirementsFor({ ...request, outOfReach: (requirement) => whyOutOfReach(requirement, request) });
  const baseline = request.baseline && readBaseline(request.baseline.text, request.baseline.name);
  const { version, only: _only, startTimeoutMs, baseline: given, faults, clusterRole, size, ...rest } = request;
  const scenarios = planScenarios(request, requirements, baseline);
  if (faults) readFaults(faults.text, faults.name, namesOf(scenarios));
  const restricted = scenarios.some(({ name }) => findScenario(name)?.underClusterRole === true);
  const scale = scenarios.some(({ name }) => findScenario(name)?.large === true) ? { ...scaleSize, ...size } : undefined;
  const role = restricted ? (clusterRole ?? { source: "minimal", rules: minimalRules(request) }) : undefined;
  return {
    ...rest,
    ...(faults && { faults }),
    ...(given && { baseline: { name: given.name, text: given.text } }),
    ...(role && { clusterRole: role }),
    ...(scale && { scale }),
    harness: { version, requirementSet, requirementSetSha256 },
    requirements: requirements.map((requirement) => requirement.id),
    scenarios,
    budgets: { ...budgetsFor(request.intervalMs, request.budgetScale), ...(startTimeoutMs && { start: startTimeoutMs }) },
  };
}

/** The scenarios that are told, each once. */
export function namesOf(scenarios: readonly PlannedScenario[]): readonly string[] {
  return [...new Set(scenarios.map(({ name }) => name))];
}

/** Only scenarios that some chosen requirement can be judged in, and that can be told. */
function planScenarios(
  request: PlanRequest,
  requirements: readonly Requirement[],
  baseline: Baseline = { expected: [], flaky: [] },
): readonly PlannedScenario[] {
  const run = { target: request.target, clusterKind: request.cluster.kind };
  const flaky = repeatsOf(baseline, run, requirements);
  const wanted = new Set<string>(requirements.flatMap((requirement) => requirement.scenarios));
  const chosen = scenariosOf(request.profiles).filter(
    (scenario) => wanted.has(scenario.name) && whyUntold(scenario, request) === undefined,
  );
  return inRounds(chosen, ({ name }) => Math.max(request.repeat ?? 1, flaky(name))).map(
    ({ scenario: { name, withoutClusterId }, tenant }, index) => ({
      name,
      tenant,
      clusterId: withoutClusterId === true ? "" : clusterIdOf(request, tenant),
      agentId: index + 1,
    }),
  );
}

/** Round by round, so that a run that is interrupted has seen each scenario about as often. */
function inRounds(
  scenarios: readonly Scenario[],
  timesOf: (scenario: Scenario) => number,
): readonly { readonly scenario: Scenario; readonly tenant: string }[] {
  const rounds = Math.max(1, ...scenarios.map(timesOf));
  return Array.from({ length: rounds }, (_, round) =>
    scenarios
      .filter((scenario) => round < timesOf(scenario))
      .map((scenario) => ({ scenario, tenant: timesOf(scenario) === 1 ? scenario.name : `${scenario.name}#${round + 1}` })),
  ).flat();
}

/** Like the ids that deepflow gives: `d-` and ten letters or digits. Another one for each tenant of each run. */
function clusterIdOf({ runId, seed }: PlanRequest, tenant: string): string {
  return `d-${sha256(`${runId} ${seed} ${tenant}`).slice(0, 10)}`;
}
