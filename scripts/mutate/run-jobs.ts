import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Job, Outcome } from "./job.ts";
import type { Status } from "./results.ts";

/** A mutant that takes longer hangs where no switch is asked. Milliseconds. */
const PATIENCE_MS = 180_000;

/** What became of each mutant, by number. */
export type Verdicts = ReadonlyMap<number, Ending>;

interface Ending {
  readonly status: Status;
  readonly by?: string;
  readonly cut?: true;
}

/**
 * Judges mutants in processes of their own, side by side.
 *
 * @param jobs one for each process
 * @throws Error where the tests cannot be run, or are red without any mutant
 */
export async function runJobs(
  root: string,
  jobs: readonly Omit<Job, "outcomes">[],
  progress: (verdicts: Verdicts) => void,
): Promise<Verdicts> {
  const verdicts = new Map<number, Ending>();
  await Promise.all(jobs.map((job) => runToTheEnd(root, job, verdicts, progress)));
  progress(verdicts);
  return verdicts;
}

async function runToTheEnd(
  root: string,
  job: Omit<Job, "outcomes">,
  verdicts: Map<number, Ending>,
  progress: (verdicts: Verdicts) => void,
): Promise<void> {
  const left = (mutants: readonly number[]) => mutants.filter((mutant) => !verdicts.has(mutant));
  for (;;) {
    const rest = { ...job, mutants: left(job.mutants) };
    if (rest.mutants.length === 0) return;
    const stuck = await runOnce(root, rest, (outcome) => {
      if ("problem" in outcome) throw new Error(outcome.problem);
      if ("mutant" in outcome) verdicts.set(outcome.mutant, outcome);
      if ("mutant" in outcome) progress(verdicts);
    });
    if (stuck !== undefined) verdicts.set(stuck, { status: "timeout" });
  }
}

/** @returns the mutant on which the process hung; undefined where it came to its end */
async function runOnce(root: string, job: Omit<Job, "outcomes">, take: (outcome: Outcome) => void): Promise<number | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "mutate-"));
  const [jobFile, outcomes] = [join(folder, "job.json"), join(folder, "outcomes.jsonl")];
  writeFileSync(outcomes, "");
  writeFileSync(jobFile, JSON.stringify({ ...job, outcomes } satisfies Job));
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", "--config", join(import.meta.dirname, "vitest.config.ts")], {
    cwd: root,
    env: { ...process.env, MUTATE_JOB: jobFile, NODE_OPTIONS: "--max-old-space-size=9216" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let read = 0;
  let current: number | undefined;
  let isStuck = false;
  let problem: unknown;
  const takeNew = () => {
    const lines = readFileSync(outcomes, "utf8").split("\n").slice(read, -1);
    read += lines.length;
    for (const line of lines) {
      const outcome = JSON.parse(line) as Outcome;
      if ("begins" in outcome) current = outcome.begins;
      try {
        take(outcome);
      } catch (error) {
        problem = error;
      }
    }
    clearTimeout(patience);
    if (current !== undefined) patience = setTimeout(giveUp, PATIENCE_MS);
  };
  let patience: NodeJS.Timeout | undefined;
  const giveUp = () => {
    isStuck = true;
    child.kill("SIGKILL");
  };
  const watcher = watch(outcomes, takeNew);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  watcher.close();
  takeNew();
  clearTimeout(patience);
  rmSync(folder, { recursive: true });
  if (problem !== undefined) throw problem;
  if (isStuck) return current;
  if (code !== 0) throw new Error(`the tests could not be run:\n${said}`);
  return undefined;
}
