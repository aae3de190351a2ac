import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ClusterProvider } from "../../cluster/index.ts";
import { kubernetesResourcesFor } from "../../environments/index.ts";
import type { Results, Verdict } from "../../suites/results.ts";
import { createTurns, planFor, runConformance } from "../../suites/runner/index.ts";
import { sideBySide } from "../../suites/runner/side-by-side.ts";
import { nameOf } from "../../suites/selftest/index.ts";
import { isLarge, optionsOf } from "../../suites/selftest/run-subject.ts";
import { problemsOfOne } from "../../suites/selftest/rules.ts";
import type { Cell, SubjectOutcome } from "../../suites/selftest/types.ts";
import type { TableSubject } from "./subjects.ts";
import { propertyOf } from "./table.ts";
import type { ProviderName, ProviderProperty, Telling, Verdicts } from "./types.ts";

/** What came of an agent on a provider. */
export interface AgentOutcome {
  readonly subject: TableSubject;
  readonly tellings: readonly Telling[];
  /** What the self-test's rules say against it, in words. */
  readonly problems: readonly string[];
  /** The scenarios that these rest on. */
  readonly red: readonly string[];
}

/** How agents are run on a provider. */
export interface ProviderRun {
  readonly name: ProviderName;
  readonly provider: ClusterProvider;
  /** Scenarios side by side; fewer where the provider takes fewer. */
  readonly jobs: number;
  /** Folder for their files; those of agents that broke no rule are removed again. */
  readonly out: string;
  readonly properties: readonly ProviderProperty[];
  readonly signal: AbortSignal;
  readonly onOutcome: (outcome: AgentOutcome, tookMs: number) => void;
}

/** What of its results is looked at. */
type JudgedRun = Pick<Results, "checks" | "exitCode" | "warnings">;

/** Runs every agent on one provider, in the order of the subjects as far as places are free. */
export async function runOn(subjects: readonly TableSubject[], run: ProviderRun): Promise<readonly AgentOutcome[]> {
  const places = Math.min(run.jobs, run.provider.jobs);
  const turns = createTurns(places);
  const outcomes = new Map<TableSubject, AgentOutcome>();
  const tell = async (subject: TableSubject) => {
    if (run.signal.aborted) return;
    const began = performance.now();
    const words = [run.name, subject.name, nameOf(subject.choice), ...(subject.scenarios ?? [])].join(" ");
    const out = join(run.out, words.replaceAll(/[^a-z]+/g, "-"));
    const { callTimeoutMs } = subject;
    const options = {
      ...optionsOf(subject),
      kubernetesResources: kubernetesResourcesFor(subject.choice.features),
      ...(callTimeoutMs === undefined ? {} : { callTimeoutMs }),
      cluster: { kind: run.name },
      provider: run.provider,
      turns,
      out,
      signal: run.signal,
    };
    const plan = planFor(options);
    const chosen = plan.scenarios.filter(({ name }) => subject.scenarios?.includes(name) ?? true);
    const untold = subject.scenarios?.filter((scenario) => !chosen.some(({ name }) => name === scenario)) ?? [];
    if (untold.length > 0) throw new Error(`${words}: ${untold.join(", ")} would not be told: nothing is judged in it`);
    const { results, broken } = await runConformance(options, { ...plan, scenarios: chosen });
    if (broken !== undefined) throw broken;
    const outcome = outcomeOf(subject, results, run);
    if (outcome.problems.length === 0) rmSync(out, { recursive: true, force: true });
    outcomes.set(subject, outcome);
    run.onOutcome(outcome, performance.now() - began);
  };
  // To judge thousands of objects takes seconds, in which this process serves nobody else.
  await sideBySide(subjects, places, tell, (subject) => (isLarge(subject) ? places : 1));
  return subjects.flatMap((subject) => outcomes.get(subject) ?? []);
}

/** What a run says of an agent; what a property of the provider explains counts for nothing. */
export function outcomeOf(
  subject: TableSubject,
  results: JudgedRun,
  { name, properties }: Pick<ProviderRun, "name" | "properties">,
): AgentOutcome {
  const scenarios = [...new Set(results.checks.flatMap((check) => check.scenarios.map((scenario) => scenario.name)))];
  const tellings = scenarios.map((scenario): Telling => {
    const verdicts = results.checks.flatMap(({ id, scenarios: told }) => {
      const here = told.find((result) => result.name === scenario);
      return here === undefined ? [] : [[id, here.verdict] as const];
    });
    const on: Readonly<Partial<Record<ProviderName, Verdicts>>> = { [name]: Object.fromEntries(verdicts) };
    return { agent: subject.name, run: nameOf(subject.choice), scenario, on };
  });
  const { exitCode, warnings } = results;
  const cells = cellsOf(results, (scenario, requirement, verdict) =>
    Boolean(propertyOf(properties, name, { agent: subject.name, scenario, requirement, verdict })),
  );
  const found = problemsOfOne({ subject, exitCode, warnings, cells });
  const red = found.flatMap(({ requirement }) => {
    const worst = requirement === undefined ? undefined : cells.get(requirement)?.verdict;
    // What passes where it is to fail rests on every telling.
    if (requirement === undefined || (worst !== "fail" && worst !== "not-testable")) return scenarios;
    return tellings.filter(({ on }) => on[name]?.[requirement] === worst).map(({ scenario }) => scenario);
  });
  const problems = found.map(({ agent, requirement, text }) =>
    [`${name}:`, agent, requirement, text].filter((word) => word !== undefined).join(" "),
  );
  return { subject, tellings, problems, red: [...new Set(red)] };
}

const WORST_FIRST: readonly Verdict[] = ["fail", "not-testable", "pass", "not-applicable"];

/** One verdict a requirement, what a property of the provider explains left out. */
function cellsOf(
  { checks }: JudgedRun,
  isExplained: (scenario: string, requirement: string, verdict: Verdict) => boolean,
): SubjectOutcome["cells"] {
  return new Map(
    checks.flatMap(({ id, level, scenarios }): readonly (readonly [string, Cell])[] => {
      const said = scenarios.filter(({ name, verdict }) => !isExplained(name, id, verdict));
      const worst = WORST_FIRST.find((verdict) => said.some((scenario) => scenario.verdict === verdict));
      if (worst === undefined) return [];
      const because = said.filter(({ verdict }) => verdict === worst).map(({ name, message }) => `${name}: ${message}`);
      return [[id, { level, verdict: worst, message: because.join("; ") }]];
    }),
  );
}
