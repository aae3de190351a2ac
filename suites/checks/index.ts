export type { CheckContext } from "./check.ts";
export { exitCodeOf, exitFactsOf, type ScenarioFacts } from "./exit-code.ts";
export { judgeScenario } from "./gate.ts";
export { findCheck } from "./registry.ts";
export { countsOf, excludedResult, type NamedVerdict, resultOf } from "./roll-up.ts";
export { isUntold, settledVerdict } from "./untold.ts";
export { notTestable } from "./verdict.ts";
