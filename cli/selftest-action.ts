import { mkdtempSync, rmdirSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { mutants } from "../agents/index.ts";
import { kubernetesResourcesFor } from "../environments/index.ts";
import { canonicalJson, printable } from "../report/index.ts";
import { defaultTarget } from "../server-mock/contract/index.ts";
import { requirements, requirementsFor, features } from "../suites/requirements/index.ts";
import { makeFolder, RunEnvironmentError } from "../suites/runner/index.ts";
import {
  killMatrix,
  leftOpen,
  nameOf,
  placesFor,
  problemsOf,
  problemsOfOne,
  runSubjects,
  seenFailures,
  selectSubjects,
  SelftestSelectionError,
  subjectsOf,
  syntheticOnly,
  type Problem,
  type Selection,
  type SubjectOutcome,
} from "../suites/selftest/index.ts";
import { EXIT } from "./exit-codes.ts";
import { defaultDocs, differencesIn, writeMatrix } from "./selftest-files.ts";
import type { SelftestFlags } from "./selftest.ts";
import { catchSignals } from "./signals.ts";
import { EnvironmentError, UsageError } from "./usage-error.ts";

/** Runs the agents, prints what is wrong and the matrix, and sets the exit code. */
export async function selftest(flags: SelftestFlags): Promise<void> {
  const selection = selectionFor(flags);
  const say = (text: string) => void (flags.json === true ? process.stderr : process.stdout).write(text);
  const whole = flags.only === undefined;
  const out = flags.out ?? mkdtempSync(join(tmpdir(), "deepflow-selftest-"));
  const began = performance.now();
  using signals = catchSignals((text) => process.stderr.write(text));
  const outcomes = await run(selection, flags, out, signals.signal, say);

  const interrupted = signals.signal.aborted;
  const matrix = killMatrix(defaultTarget, mutants, requirements, seenFailures(outcomes));
  const broken = interrupted ? [] : problemsOf(outcomes, { judged: selection.judged, whole, excluded: syntheticOnly });
  const docs = flags.docs ?? defaultDocs();
  const names = new Set(whole ? undefined : selection.subjects.map(({ name }) => name));
  const differs = flags.check === true && !interrupted ? differencesIn(docs, matrix, whole ? undefined : names) : [];
  const problems: readonly Problem[] = [...broken, ...differs.map((text) => ({ text }))];
  if (whole && flags.check !== true && problems.length === 0 && !interrupted) writeMatrix(docs, matrix);

  for (const problem of problems) say(`RED  ${describe(problem)}\n`);
  if (flags.json === true) process.stdout.write(`${canonicalJson({ matrix, problems })}\n`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const failed = matrix.requirements.filter(({ failedBy }) => failedBy.length > 0).length;
  const again = outcomes.filter((outcome) => outcome.again !== undefined).length;
  if (again > 0) say(`${again} of the runs were made twice, since the machine was overloaded\n`);
  say(
    `${outcomes.length} runs of ${new Set(outcomes.map(({ subject }) => subject.name)).size} agents in ${seconds} s; ` +
      `${failed} requirements failed by a mutant; ${problems.length === 0 ? "every rule holds" : `${problems.length} rules broken`}\n`,
  );
  if (flags.out === undefined) keepOrRemove(out, flags.keep === true, say);
  process.exitCode = exitCodeOf(outcomes, problems, interrupted);
}

function selectionFor({ only = [] }: SelftestFlags): Selection {
  const judged = requirementsFor({ target: defaultTarget, profiles: ["all"], features }).filter((row) => row.judged);
  try {
    return selectSubjects({ subjects: subjectsOf(mutants), judged }, only);
  } catch (error) {
    if (error instanceof SelftestSelectionError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

async function run(
  { subjects }: Selection,
  flags: SelftestFlags,
  out: string,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<readonly SubjectOutcome[]> {
  try {
    makeFolder(out);
    return await runSubjects(subjects, {
      out,
      keep: flags.keep === true,
      jobs: flags.jobs ?? placesHere(say),
      workers: 2 * availableParallelism(),
      resourcesFor: kubernetesResourcesFor,
      signal,
      onOutcome: (outcome, tookMs) => {
        const { subject, cells, again } = outcome;
        const failed = [...cells].flatMap(([id, { verdict }]) => (verdict === "fail" ? [id.replace("KAS-", "")] : []));
        const seconds = `${(tookMs / 1000).toFixed(1)} s`.padStart(8);
        const open = leftOpen(outcome).map((id) => id.replace("KAS-", ""));
        const left = open.length === 0 ? "" : `; the machine was too busy to tell ${open.join(" ")}`;
        const second = again === undefined ? "" : " (second run)";
        say(
          `${seconds}  ${subject.name.padEnd(26)} ${nameOf(subject.choice).padEnd(20)} ${failed.join(" ") || "fails nothing"}${left}${second}\n`,
        );
      },
    });
  } catch (error) {
    if (error instanceof RunEnvironmentError) throw new EnvironmentError(error.message, { cause: error });
    throw error;
  }
}

/** As many as this machine takes, which is said where it is fewer than it could be. */
function placesHere(say: (text: string) => void): number {
  const processors = availableParallelism();
  const [load = 0] = loadavg();
  const places = placesFor(processors, load);
  if (places < placesFor(processors, 0)) {
    say(`the machine is busy (load ${load.toFixed(1)} on ${processors} processors): ${places} scenarios side by side\n`);
  }
  return places;
}

function describe({ agent, requirement, text }: Problem): string {
  return printable(
    [...(agent === undefined ? [] : [agent]), ...(requirement === undefined ? [] : [requirement]), text].join(" "),
  );
}

/** What is left there belongs to agents that broke a rule. */
function keepOrRemove(out: string, kept: boolean, say: (text: string) => void): void {
  try {
    rmdirSync(out);
  } catch {
    say(`transcripts${kept ? "" : " of what is red"}: ${out}\n`);
  }
}

function exitCodeOf(outcomes: readonly SubjectOutcome[], problems: readonly Problem[], interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted;
  for (const code of [EXIT.harness, EXIT.environment]) {
    if (outcomes.some(({ exitCode }) => exitCode === code)) return code;
  }
  if (problems.length === 0) return EXIT.passed;
  const wrong = outcomes.filter((outcome) => problemsOfOne(outcome).length > 0);
  const busy = wrong.length > 0 && wrong.every((outcome) => leftOpen(outcome).length > 0);
  return busy ? EXIT.environment : EXIT.nonConformant;
}
