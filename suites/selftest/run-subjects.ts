import { rmSync } from "node:fs";
import { join } from "node:path";
import { createTurns, planFor, runConformance, type RunOptions, type Turns } from "../runner/index.ts";
import { sideBySide } from "../runner/side-by-side.ts";
import type { Results } from "../results.ts";
import { problemsOfOne } from "./rules.ts";
import { nameOf } from "./subjects.ts";
import type { Subject, SubjectOutcome } from "./types.ts";

/** How the subjects are run. */
export interface SubjectsOptions {
  /** Folder for their files; those of agents that broke no rule are removed again. */
  readonly out: string;
  /** Scenarios side by side, over all subjects. */
  readonly jobs: number;
  /** The resource list that agents are told with these features. */
  readonly resourcesFor: (features: readonly string[]) => NonNullable<RunOptions["kubernetesResources"]>;
  readonly signal: AbortSignal;
  readonly onOutcome: (outcome: SubjectOutcome, tookMs: number) => void;
}

/** A small cluster, since what an agent does wrong shows in any size, and an agent that gives its calls up soon. */
const QUICK = { seed: 7, pods: 60, nodes: 3, intervalMs: 500, callTimeoutMs: 3_000 };

/**
 * Runs every subject on the embedded cluster, as processes of its own, and gives what was judged, in the order of the
 * subjects. Those that keep a story waiting longest begin first. Aborted, it gives what was done by then.
 */
export async function runSubjects(subjects: readonly Subject[], options: SubjectsOptions): Promise<readonly SubjectOutcome[]> {
  const turns = createTurns(options.jobs);
  const outcomes = new Map<Subject, SubjectOutcome>();
  const longestFirst = subjects.toSorted((a, b) => weightOf(b) - weightOf(a));
  await sideBySide(longestFirst, options.jobs, async (subject) => {
    if (options.signal.aborted) return;
    const began = performance.now();
    const outcome = await runSubject(subject, turns, options);
    outcomes.set(subject, outcome);
    options.onOutcome(outcome, performance.now() - began);
  });
  return subjects.flatMap((subject) => outcomes.get(subject) ?? []);
}

async function runSubject(subject: Subject, turns: Turns, options: SubjectsOptions): Promise<SubjectOutcome> {
  const out = join(options.out, `${subject.name}-${nameOf(subject.choice).replaceAll(/[^a-z]+/g, "-")}`);
  const { results } = await runConformance({ ...optionsFor(subject, options), out, turns, signal: options.signal });
  const outcome = outcomeOf(subject, results);
  if (problemsOfOne(outcome).length === 0) rmSync(out, { recursive: true, force: true });
  return outcome;
}

function optionsFor(
  { choice: { profiles, features }, command, budgetScale = 1 }: Subject,
  { resourcesFor }: Pick<SubjectsOptions, "resourcesFor">,
): Omit<RunOptions, "out"> {
  const kubernetesResources = resourcesFor(features);
  return { ...QUICK, agent: { form: "command", command }, profiles, features, budgetScale, kubernetesResources };
}

/** Only what has a check is a cell: the rest says nothing of any agent. */
function outcomeOf(subject: Subject, results: Results): SubjectOutcome {
  const judged = results.checks.filter(({ scenarios }) => scenarios.length > 0);
  const cells = new Map(judged.map(({ id, level, verdict, message }) => [id, { level, verdict, message }]));
  return { subject, exitCode: results.exitCode, cells, warnings: results.warnings };
}

/** An agent that never sends keeps each story waiting for the whole start budget. */
function weightOf(subject: Subject): number {
  const { choice, command, expects } = subject;
  const { scenarios } = planFor({ agent: { form: "command", command }, ...choice });
  const silent = expects.rule === "fails-exactly" && expects.ids.some((id) => id === "KAS-LIFE-1" || id === "KAS-ENV-1");
  return scenarios.length + (silent ? 1_000 : 0);
}
