import { existsSync } from "node:fs";
import { basename } from "node:path";
import { canonicalJson, printable } from "../report/index.ts";
import { applyBaseline, type Baseline, readBaseline, updateBaseline } from "../suites/baseline/index.ts";
import { findRequirement } from "../suites/requirements/index.ts";
import { type BaselineEntryResult, type CheckResult, isRedEntry, type Results } from "../suites/results.ts";
import { findScenario } from "../suites/scenarios/index.ts";
import type { BaselineFlags } from "./baseline.ts";
import { EXIT } from "./exit-codes.ts";
import { readUserFile } from "./read-file.ts";
import { readResultsFile } from "./results-file.ts";
import { EnvironmentError } from "./usage-error.ts";
import { writeWhole } from "./write-whole.ts";

/** Holds a baseline against results, or alone against the registry and this day. */
export function check(resultsPath: string | undefined, { baseline: path, json }: BaselineFlags): void {
  const baseline = readBaseline(readUserFile(path, "--baseline"), basename(path));
  const problems =
    resultsPath === undefined ? alone(baseline, new Date().toISOString()) : against(baseline, readResultsFile(resultsPath));
  const { entries, red } = problems;
  if (json === true) process.stdout.write(`${canonicalJson({ entries, problems: red })}\n`);
  else process.stdout.write([...red.map((text) => `  ${printable(text)}`), verdictOf(baseline, red.length), ""].join("\n"));
  process.exitCode = red.length === 0 ? EXIT.passed : EXIT.nonConformant;
}

interface Found {
  readonly entries: readonly BaselineEntryResult[];
  readonly red: readonly string[];
}

function against(baseline: Baseline, results: Results): Found {
  const { target, cluster, run } = results;
  const checks = results.checks.map(unmarked);
  const held = applyBaseline(checks, baseline, { target, clusterKind: cluster.kind, startedAt: run.startedAt });
  const failures = held.checks.filter(({ verdict, expected, level }) => verdict === "fail" && !expected && level === "MUST");
  return {
    entries: held.entries,
    red: [
      ...held.entries.filter(isRedEntry).map(({ message }) => message),
      ...failures.map(({ id, title }) => `${id} failed and nothing expects it: ${title}`),
    ],
  };
}

/** As it was before any baseline. */
function unmarked({ expectedBecause: _because, ...row }: CheckResult): CheckResult {
  return { ...row, expected: false, scenarios: row.scenarios.map(({ expected: _expected, ...scenario }) => scenario) };
}

function alone({ expected, flaky }: Baseline, now: string): Found {
  const red = [...expected, ...flaky].flatMap(({ id, scenario, expires }) => {
    const requirement = findRequirement(id);
    if (requirement === undefined) return [`${id} is no requirement; the verb list shows them all`];
    const told = requirement.scenarios as readonly string[];
    return [
      ...(scenario === undefined || findScenario(scenario) !== undefined ? [] : [`${id}: there is no scenario ${scenario}`]),
      ...(scenario === undefined || findScenario(scenario) === undefined || told.includes(scenario)
        ? []
        : [`${id} is not judged in ${scenario}; it is in ${told.join(", ")}`]),
      ...(now.slice(0, 10) > expires ? [`${id} expired on ${expires}: mend the agent, or agree on another day`] : []),
    ];
  });
  return { entries: [], red };
}

function verdictOf({ expected, flaky }: Baseline, red: number): string {
  const what = `${expected.length} expected, ${flaky.length} flaky`;
  return red === 0 ? `${what}: nothing to see to` : `${what}: ${red} to see to`;
}

/** Writes what fails now into the baseline. */
export function update(resultsPath: string, { baseline: path }: BaselineFlags): void {
  const results = readResultsFile(resultsPath);
  const before = existsSync(path) ? readUserFile(path, "--baseline") : undefined;
  const { text, changes, unfilled } = updateBaseline(before, results, basename(path));
  if (text !== before) write(path, text);
  const told = changes.length === 0 ? ["nothing changed"] : changes;
  const rest = unfilled.length === 0 ? [] : [`${unfilled.length} without a reason or an owner: fill them in`];
  process.stdout.write(`${[...told, ...rest].map(printable).join("\n")}\n`);
}

function write(path: string, text: string): void {
  try {
    writeWhole(path, () => [text]);
  } catch (error) {
    throw new EnvironmentError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
