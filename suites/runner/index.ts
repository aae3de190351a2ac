export { makeFolder } from "./make-folder.ts";
export { makePlan, type PlanRequest } from "./make-plan.ts";
export { RunEnvironmentError, type ClusterChoice, type RunOptions, type RunOutcome, type RunProgress } from "./options.ts";
export { observedResources } from "./open-provider.ts";
export { planFor, runConformance } from "./run-conformance.ts";
export { createTurns } from "./turns.ts";
