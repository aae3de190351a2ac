import { type CheckResult, type RepeatResult, scenarioOf, type ScenarioResult } from "./results.ts";

/**
 * What did not pass every time, of the scenarios that were told several times: by requirement and scenario, in the
 * order of the checks. Where it never arose there is nothing to tell.
 */
export function repeatResults(checks: readonly CheckResult[]): readonly RepeatResult[] {
  return checks.flatMap(({ id, scenarios }) => {
    const groups = new Map<string, ScenarioResult[]>();
    for (const row of scenarios) {
      const scenario = scenarioOf(row.name);
      const rows = groups.get(scenario) ?? [];
      rows.push(row);
      groups.set(scenario, rows);
    }
    return [...groups].flatMap(([scenario, rows]): readonly RepeatResult[] => {
      const number = (verdict: ScenarioResult["verdict"]) => rows.filter((row) => row.verdict === verdict).length;
      const [passed, failed, notTestable] = [number("pass"), number("fail"), number("not-testable")];
      if (rows.length === 1 || failed + notTestable === 0) return [];
      const settled = passed + failed;
      const failureRate = settled === 0 ? 0 : Math.round((failed / settled) * 1000) / 1000;
      return [{ id, scenario, runs: rows.length, passed, failed, notTestable, failureRate }];
    });
  });
}
