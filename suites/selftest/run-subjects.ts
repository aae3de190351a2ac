import { join } from "node:path";
import { planFor, type RunOptions } from "../runner/index.ts";
import { sideBySide } from "../runner/side-by-side.ts";
import { optionsOf } from "./run-subject.ts";
import { nameOf } from "./subjects.ts";
import { startWorkers } from "./workers.ts";
import type { Subject, SubjectOutcome } from "./types.ts";

/** How the subjects are run. */
export interface SubjectsOptions {
  /** Folder for their files; those of agents that broke no rule are removed again. */
  readonly out: string;
  /** Scenarios side by side, over all subjects. */
  readonly jobs: number;
  readonly workers: number;
  /** The resource list that agents are told with these features. */
  readonly resourcesFor: (features: readonly string[]) => NonNullable<RunOptions["kubernetesResources"]>;
  readonly signal: AbortSignal;
  readonly onOutcome: (outcome: SubjectOutcome, tookMs: number) => void;
}

/**
 * Runs every subject and gives what was judged, in the order of the subjects. Those that keep a story waiting longest
 * begin first. Aborted, it gives what was done by then.
 *
 * @throws what a run failed at, RunEnvironmentError mostly, after all have ended
 */
export async function runSubjects(subjects: readonly Subject[], options: SubjectsOptions): Promise<readonly SubjectOutcome[]> {
  const { jobs, signal, resourcesFor } = options;
  const outcomes = new Map<Subject, SubjectOutcome>();
  const longestFirst = subjects.toSorted((a, b) => weightOf(b) - weightOf(a));
  await using workers = startWorkers(options.workers, jobs, signal);
  await sideBySide(longestFirst, jobs, async (subject) => {
    if (signal.aborted) return;
    const began = performance.now();
    const out = join(options.out, `${subject.name}-${nameOf(subject.choice).replaceAll(/[^a-z]+/g, "-")}`);
    const kubernetesResources = resourcesFor(subject.choice.features);
    const outcome = { ...(await workers.run({ subject, out, kubernetesResources })), subject };
    outcomes.set(subject, outcome);
    options.onOutcome(outcome, performance.now() - began);
  });
  return subjects.flatMap((subject) => outcomes.get(subject) ?? []);
}

/** An agent that never sends keeps each story waiting for the whole start budget. */
function weightOf(subject: Subject): number {
  const { expects } = subject;
  const { scenarios } = planFor(optionsOf(subject));
  const silent = expects.rule === "fails-exactly" && expects.ids.some((id) => id === "KAS-LIFE-1" || id === "KAS-ENV-1");
  return scenarios.length + (silent ? 1_000 : 0);
}
