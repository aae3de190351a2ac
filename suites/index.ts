export { budgetsFor, type Budgets } from "./budgets.ts";
export { judgeTranscript } from "./judge.ts";
export type { Plan, PlannedAgent, PlannedScenario } from "./plan.ts";
export { findRequirement, requirements, requirementSet, requirementSetSha256, type Requirement } from "./requirements/index.ts";
export type { CheckResult, Counts, Evidence, Level, Results, ScenarioResult, Verdict } from "./results.ts";
export {
  makePlan,
  planFor,
  runConformance,
  RunEnvironmentError,
  type PlanRequest,
  type RunOptions,
  type RunOutcome,
  type RunProgress,
} from "./runner/index.ts";
export { findScenario, scenarios, type Scenario, type Step } from "./scenarios/index.ts";
