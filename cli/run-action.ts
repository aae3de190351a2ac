import { basename, join } from "node:path";
import { SelectionError } from "../suites/requirements/index.ts";
import { footprintOf } from "../suites/footprint/index.ts";
import { planFor, RunEnvironmentError, runConformance, type RunOptions } from "../suites/runner/index.ts";
import type { Plan } from "../suites/plan.ts";
import { canonicalJson, renderResults, renderTerminal } from "../report/index.ts";
import { findTarget, otherTargets, targetIds } from "../server-mock/contract/index.ts";
import { EXIT } from "./exit-codes.ts";
import { catchSignals } from "./signals.ts";
import { terminalLook } from "./look.ts";
import { describePlan, progressLines } from "./progress.ts";
import { clusterFor } from "./run-cluster.ts";
import { footprintText } from "./footprint-text.ts";
import type { RunFlags } from "./run.ts";
import { readUserFile } from "./read-file.ts";
import { EnvironmentError, ReportError, UsageError } from "./usage-error.ts";
import { writeRunFiles } from "./run-files.ts";
import { agentFor } from "./run-agent.ts";
import { settingsFor } from "./run-settings.ts";

/** Runs what the flags say, prints the report and sets the exit code. */
export async function run(command: readonly string[], flags: RunFlags): Promise<void> {
  const options = optionsFor(command, flags);
  const plan = planOrUsage(options);
  const out = flags.out ?? join("conformance-out", plan.runId);
  if (flags.dryRun === true) {
    const footprint = footprintOf(plan, out);
    process.stdout.write(
      flags.json === true ? `${canonicalJson({ ...plan, footprint })}\n` : `${describePlan(plan)}${footprintText(footprint)}`,
    );
    return;
  }
  const print = flags.json === true ? (text: string) => process.stderr.write(text) : (text: string) => process.stdout.write(text);
  using signals = catchSignals((text) => process.stderr.write(text));
  const outcome = await environmentOrThrow(() =>
    runConformance({ ...options, out, signal: signals.signal, onProgress: progressLines(print) }, plan),
  );
  const { results, broken } = outcome;
  const { files, failure } = writeRunFiles(out, outcome.transcript, results, plan.failOn);
  process.stdout.write(
    flags.json === true
      ? renderResults(results)
      : `\n${renderTerminal(results, { ...terminalLook(), failOn: plan.failOn, files })}`,
  );
  process.exitCode = results.exitCode;
  // What was seen is told all the same; where it cannot be kept, that is what the exit code says.
  const cut = broken && `${broken.message}. What came before is recorded, and judged above; mend that and run again`;
  const problems = [cut, failure?.message].filter((problem) => problem !== undefined).join("\n");
  if (failure instanceof ReportError || (problems !== "" && results.exitCode === EXIT.harness)) throw new ReportError(problems);
  if (problems !== "") throw new EnvironmentError(problems, { cause: broken ?? failure });
}

function optionsFor(command: readonly string[], flags: RunFlags): Omit<RunOptions, "out"> {
  const { profile, callTimeout, interval, target, seed, features, only, repeat, baseline, faults } = flags;
  if (target !== undefined && !findTarget(target)) {
    throw new UsageError(`unknown target "${target}"; there are ${targetIds.join(", ")}, ${otherTargets}`);
  }
  return {
    agent: agentFor(command, flags),
    ...settingsFor(command, flags),
    profiles: profile,
    intervalMs: interval,
    callTimeoutMs: callTimeout,
    budgetScale: flags.budgetScale,
    ...(flags.startTimeout === undefined ? {} : { startTimeoutMs: flags.startTimeout }),
    failOn: flags.failOn,
    jobs: flags.jobs,
    ...clusterFor(flags),
    ...(target === undefined ? {} : { target }),
    ...(seed === undefined ? {} : { seed }),
    ...(features === undefined ? {} : { features }),
    ...(only === undefined ? {} : { only }),
    ...(repeat === undefined ? {} : { repeat }),
    ...(faults === undefined ? {} : { faults: { name: basename(faults), text: readUserFile(faults, "--faults") } }),
    ...(baseline === undefined ? {} : { baseline: { name: basename(baseline), text: readUserFile(baseline, "--baseline") } }),
  };
}

function planOrUsage(options: Omit<RunOptions, "out">): Plan {
  try {
    return planFor(options);
  } catch (error) {
    if (error instanceof SelectionError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

async function environmentOrThrow<T>(act: () => Promise<T> | T): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RunEnvironmentError) throw new EnvironmentError(error.message, { cause: error });
    throw error;
  }
}
