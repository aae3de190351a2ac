import { describe, expect, it } from "vitest";
import { checkEnvironment, environmentNames } from "./index.ts";
import { ruleCodes } from "./rules/codes.ts";
import type { Case } from "./testing/case.ts";
import { nodeNicCases } from "./testing/cases/ipvlan.ts";
import { mirrorCases } from "./testing/cases/macvlan.ts";
import { daemonSetCases } from "./testing/cases/no-apiserver-daemonset.ts";
import { hostPlanCases } from "./testing/cases/non-root.ts";
import { opengaussCases } from "./testing/cases/opengauss.ts";
import { openkruiseCases } from "./testing/cases/openkruise.ts";
import { openshiftCases } from "./testing/cases/openshift.ts";
import { pseudoAgentCases } from "./testing/cases/pseudo-agent.ts";
import { watchOnlyCases } from "./testing/cases/watch-only.ts";

const cases: readonly Case[] = [
  ...mirrorCases,
  ...nodeNicCases,
  ...openshiftCases,
  ...openkruiseCases,
  ...opengaussCases,
  ...watchOnlyCases,
  ...daemonSetCases,
  ...pseudoAgentCases,
  ...hostPlanCases,
];

describe("checkEnvironment", () => {
  it.each(cases)("$environment $agent: $title", ({ environment, agent, text, findings }) => {
    const result = checkEnvironment(environment, [{ file: "mine.yaml", text }], agent);
    expect(result.findings.map(({ rule, line }) => [rule, line])).toEqual(findings);
    for (const { file, column, problem, consequence, mend, source } of result.findings) {
      expect(file).toBe("mine.yaml");
      expect(column).toBeGreaterThan(0);
      expect([problem, consequence, mend, source].every((words) => words.length > 3)).toBe(true);
    }
  });

  it.each(environmentNames)("%s has a right file and three wrong ones", (name) => {
    const own = cases.filter(({ environment }) => environment === name);
    expect(own.filter(({ findings }) => findings.length === 0).length).toBeGreaterThanOrEqual(1);
    expect(own.filter(({ findings }) => findings.length > 0).length).toBeGreaterThanOrEqual(3);
  });

  it("provokes every code that files can provoke", () => {
    const onHosts = ["binary-missing", "binary-owner", "user-missing", "cgroup-missing", "cgroup-owner", "cgroup-v2"];
    const provoked = new Set<string>([...cases.flatMap(({ findings }) => findings.map(([code]) => code)), ...onHosts]);
    expect(Object.keys(ruleCodes).filter((code) => !provoked.has(code))).toEqual([]);
  });
});
