/** Proves that requirements, checks, scenarios and mutants are complete and fit together; prints how many there are. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mutants } from "../../agents/index.ts";
import { checks } from "../../suites/checks/registry.ts";
import { requirements, requirementSet } from "../../suites/requirements/index.ts";
import { scenarios } from "../../suites/scenarios/index.ts";
import { registryProblems } from "./check.ts";
import { syntheticPairs } from "./synthetic.ts";

const root = join(import.meta.dirname, "../..");
const synthetic = Object.fromEntries(
  Object.entries(syntheticPairs).map(([id, test]) => {
    const file = join(root, test);
    return [id, { test, names: existsSync(file) && readFileSync(file, "utf8").includes(id) }];
  }),
);
const problems = registryProblems({
  requirements,
  checks: checks.map(({ id }) => id),
  scenarios: scenarios.map(({ name }) => name),
  mutants,
  synthetic,
});
const judged = requirements.filter((requirement) => requirement.judged).length;
console.log(
  `set ${requirementSet}: ${requirements.length} requirements, ${judged} judged, ${checks.length} checks, ` +
    `${scenarios.length} scenarios, ${mutants.length} mutants, ${Object.keys(synthetic).length} synthetic pairs`,
);
for (const [id, { test }] of Object.entries(synthetic)) console.log(`no mutant of ${id}: ${test} fails its check`);
for (const { id, notJudgedBecause } of requirements) {
  if (notJudgedBecause !== undefined) console.log(`not judged: ${id}: ${notJudgedBecause}`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
