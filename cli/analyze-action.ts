import { renderResults, renderTerminal } from "../report/index.ts";
import { HistoryError, judgeTranscript } from "../suites/judge.ts";
import { makeFolder } from "../suites/runner/index.ts";
import type { Plan } from "../suites/plan.ts";
import type { Results } from "../suites/results.ts";
import { readTranscriptFile, TranscriptError } from "../transcript/index.ts";
import type { AnalyzeFlags } from "./analyze.ts";
import { terminalLook } from "./look.ts";
import { writeRunFiles } from "./run-files.ts";
import { EnvironmentError, UsageError } from "./usage-error.ts";

/** Judges the transcript, prints the report and exits as the run would have. */
export function analyze(path: string, flags: AnalyzeFlags): void {
  const { results, failOn } = judgeFile(path);
  const written = flags.out === undefined ? undefined : writeInto(flags.out, path, results, failOn);
  const files = written?.files ?? [{ what: "transcript", path }];
  process.stdout.write(
    flags.json === true ? renderResults(results) : renderTerminal(results, { ...terminalLook(), failOn, files }),
  );
  process.exitCode = results.exitCode;
  if (written?.failure !== undefined) throw written.failure;
}

function judgeFile(path: string): { readonly results: Results; readonly failOn: Plan["failOn"] } {
  try {
    const [header] = readTranscriptFile(path);
    if (header === undefined) throw new UsageError(`${path} holds no whole line, so there is nothing to judge`);
    const plan = header["plan"] as Plan | undefined;
    if (header.kind !== "header" || plan === undefined) {
      throw new UsageError(
        `${path} does not begin with the header of a run, without whose plan nothing can be judged. A record of \`serve\` has none: ` +
          "give the transcript.jsonl that `run` wrote, or look at what `serve` found with GET /v1/journal",
      );
    }
    return { results: judgeTranscript(readTranscriptFile(path)), failOn: plan.failOn };
  } catch (error) {
    if (error instanceof TranscriptError || error instanceof HistoryError)
      throw new UsageError(`${path}: ${error.message}`, { cause: error });
    if (error instanceof Error && "code" in error && error.code === "EISDIR")
      throw new UsageError(`${path} is a folder; give the transcript.jsonl in it`, { cause: error });
    if (error instanceof Error && "code" in error)
      throw new UsageError(`${path} cannot be read: ${error.message}`, { cause: error });
    throw error;
  }
}

function writeInto(out: string, path: string, results: Results, failOn: Plan["failOn"]) {
  try {
    makeFolder(out);
  } catch (error) {
    throw new EnvironmentError(`${out} cannot be made: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return writeRunFiles(out, path, results, failOn);
}
