/** The harness, the mock server and the results in one place. Parts of it: `/server-mock`, `/cluster`, `/suites`, `/pseudo-agent`. */
export { startMockServer, type MockServer, type MockServerOptions } from "./server-mock/index.ts";
export {
  judgeTranscript,
  makePlan,
  planFor,
  runConformance,
  type CheckResult,
  type Evidence,
  type Level,
  type Plan,
  type Results,
  type RunOptions,
  type RunOutcome,
  type RunProgress,
  type ScenarioResult,
  type Verdict,
} from "./suites/index.ts";
export { readTranscriptFile } from "./transcript/index.ts";
export { renderJunit, renderResults, renderTerminal } from "./report/index.ts";
