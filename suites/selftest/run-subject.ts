import { rmSync } from "node:fs";
import { runConformance, type RunOptions } from "../runner/index.ts";
import { outcomeOf } from "./outcome.ts";
import { problemsOfOne } from "./rules.ts";
import type { Subject, SubjectOutcome } from "./types.ts";

/** A small cluster, since what an agent does wrong shows in any size, and an agent that gives its calls up soon. */
const QUICK = { seed: 7, pods: 60, nodes: 3, intervalMs: 500, callTimeoutMs: 3_000 };
/** One that tries a failed list again after half a second is well within its interval. */
const PATIENT = { ...QUICK, intervalMs: 1_000 };
/** Large enough for what shows above a thousand objects; a request of 100 MiB takes its time. */
const LARGE = { ...QUICK, pods: 1_200, nodes: 12, callTimeoutMs: 15_000 };

/** What a subject's run needs beside the subject. Plain data but for what belongs to a process. */
export interface SubjectRun {
  readonly subject: Subject;
  /** Folder for its files; removed again where the agent broke no rule, but where they are to be kept. */
  readonly out: string;
  readonly keep: boolean;
  readonly kubernetesResources: NonNullable<RunOptions["kubernetesResources"]>;
}

/** Whether a subject runs in a large cluster. */
export function isLarge({ choice }: Subject): boolean {
  return choice.profiles.includes("scale");
}

/** The options of a subject's run, its folder apart. */
export function optionsOf(subject: Subject): Omit<RunOptions, "out"> {
  const { choice, command, noWatchCommand, budgetScale = 1 } = subject;
  const told = choice.features.includes("no-watch") ? { noWatchCommand } : {};
  const size = isLarge(subject) ? LARGE : choice.profiles.includes("kubernetes") ? PATIENT : QUICK;
  return { ...size, agent: { form: "command", command }, ...told, ...choice, budgetScale };
}

/** Runs one subject on the embedded cluster, as processes of its own, and gives what was judged. */
export async function runSubject(
  { subject, out, keep, kubernetesResources }: SubjectRun,
  shared: Pick<RunOptions, "turns" | "signal">,
): Promise<SubjectOutcome> {
  const { results, broken } = await runConformance({ ...optionsOf(subject), kubernetesResources, out, ...shared });
  if (broken !== undefined) throw broken;
  const outcome = outcomeOf(subject, results);
  if (!keep && problemsOfOne(outcome).length === 0) rmSync(out, { recursive: true, force: true });
  return outcome;
}
