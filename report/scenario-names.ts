import { type CheckResult, scenarioOf } from "../suites/results.ts";

/** The scenarios in which a requirement failed; of one that was told several times, in how many: `a, b (3 of 20)`. */
export function failedIn({ scenarios }: CheckResult): string {
  const names = [...new Set(scenarios.filter(({ verdict }) => verdict === "fail").map(({ name }) => scenarioOf(name)))];
  return names
    .map((name) => {
      const rows = scenarios.filter((row) => scenarioOf(row.name) === name);
      const failed = rows.filter(({ verdict }) => verdict === "fail").length;
      return rows.length === 1 ? name : `${name} (${failed} of ${rows.length})`;
    })
    .join(", ");
}
