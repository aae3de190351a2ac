import { rmSync } from "node:fs";
import { join } from "node:path";
import { planFor, type RunOptions } from "../runner/index.ts";
import { sideBySide } from "../runner/side-by-side.ts";
import { leftOpen } from "./rules.ts";
import { isLarge, optionsOf } from "./run-subject.ts";
import { folderOf } from "./subjects.ts";
import { startWorkers } from "./workers.ts";
import type { Subject, SubjectOutcome } from "./types.ts";

/** How the subjects are run. */
export interface SubjectsOptions {
  /** Folder for their files; those of agents that broke no rule are removed again, but where all are to be kept. */
  readonly out: string;
  readonly keep: boolean;
  /** Scenarios side by side, over all subjects. */
  readonly jobs: number;
  readonly workers: number;
  /** The resource list that agents are told with these features. */
  readonly resourcesFor: (features: readonly string[]) => NonNullable<RunOptions["kubernetesResources"]>;
  readonly signal: AbortSignal;
  readonly onOutcome: (outcome: SubjectOutcome, tookMs: number) => void;
}

/** Subjects that run a second time, side by side: few enough that they are not in each other's way. */
const CALM = 2;

/**
 * Runs every subject and gives what was judged, in the order of the subjects. Those that keep a story waiting longest
 * begin first. Where an overloaded machine left something open, and nothing else is wrong, a subject runs once more when
 * all others are done. Aborted, it gives what was done by then.
 *
 * @throws what a run failed at, RunEnvironmentError mostly, after all have ended
 */
export async function runSubjects(subjects: readonly Subject[], options: SubjectsOptions): Promise<readonly SubjectOutcome[]> {
  const { jobs, signal, keep, resourcesFor } = options;
  const outcomes = new Map<Subject, SubjectOutcome>();
  const longestFirst = subjects.toSorted((a, b) => weightOf(b) - weightOf(a));
  await using workers = startWorkers(options.workers, jobs, signal);
  // Judging a large cluster blocks a process for seconds, which stories of others would have to wait for.
  await using apart = startWorkers(1, jobs, signal);
  const run = async (subject: Subject, again?: readonly string[]) => {
    if (signal.aborted) return;
    const began = performance.now();
    const out = join(options.out, folderOf(subject));
    if (again !== undefined) rmSync(out, { recursive: true, force: true });
    const kubernetesResources = resourcesFor(subject.choice.features);
    const ran = await (isLarge(subject) ? apart : workers).run({ subject, out, keep, kubernetesResources });
    const outcome = { ...ran, subject, ...(again && { again }) };
    outcomes.set(subject, outcome);
    options.onOutcome(outcome, performance.now() - began);
  };
  await sideBySide(longestFirst, jobs, (subject) => run(subject));
  const open = [...outcomes.values()].filter((outcome) => leftOpen(outcome).length > 0);
  await sideBySide(open, CALM, (outcome) => run(outcome.subject, leftOpen(outcome)));
  return subjects.flatMap((subject) => outcomes.get(subject) ?? []);
}

/** An agent that never sends keeps each story waiting for the whole start budget. */
function weightOf(subject: Subject): number {
  const { expects } = subject;
  const { scenarios } = planFor(optionsOf(subject));
  const silent = expects.rule === "fails-exactly" && expects.ids.some((id) => id === "KAS-LIFE-1" || id === "KAS-ENV-1");
  return scenarios.length + (silent ? 1_000 : 0);
}
