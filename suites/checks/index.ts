export type { Check, CheckContext } from "./check.ts";
export { type ExitCode, exitCodeOf } from "./exit-code.ts";
export { judgeScenario } from "./gate.ts";
export { checks, findCheck } from "./registry.ts";
export { countsOf, excludedResult, type NamedVerdict, resultOf } from "./roll-up.ts";
export { notTestable } from "./verdict.ts";
