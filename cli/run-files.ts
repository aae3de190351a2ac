import type { AgentOutput } from "../agents/index.ts";
import { join } from "node:path";
import { renderJunit, renderResults } from "../report/index.ts";
import type { Results } from "../suites/results.ts";
import { readTranscriptFile } from "../transcript/index.ts";
import { blameFor } from "../suites/runner/blame.ts";
import { shellWord } from "./shell-word.ts";
import { EnvironmentError, ReportError } from "./usage-error.ts";
import { writeWhole } from "./write-whole.ts";

/** A file of a run, for people. */
interface RunFile {
  readonly what: string;
  readonly path: string;
}

/** What came of writing the files of a run. */
export interface WrittenFiles {
  /** Those that are there. */
  readonly files: readonly RunFile[];
  /** Names those that could not be written, and says how to have them yet. One that fails keeps none of the others back. */
  readonly failure?: EnvironmentError | ReportError;
}

/** A file that could not be written. */
interface Unwritten {
  readonly path: string;
  readonly error: unknown;
}

/** Writes results.json, junit.xml and agent.log beside a transcript, each whole or not at all, over what was there. */
export function writeRunFiles(folder: string, transcript: string, results: Results, failOn: "must" | "should"): WrittenFiles {
  const wanted: readonly (readonly [what: string, name: string, text: () => Iterable<string>])[] = [
    ["results", "results.json", () => [renderResults(results)]],
    ["junit", "junit.xml", () => [renderJunit(results, { failOn })]],
    ["agent's log", "agent.log", () => agentLog(transcript)],
  ];
  const files: RunFile[] = [];
  const unwritten: Unwritten[] = [];
  for (const [what, name, text] of wanted) {
    const path = join(folder, name);
    try {
      writeWhole(path, text);
      files.push({ what, path });
    } catch (error) {
      unwritten.push({ path, error });
    }
  }
  return {
    files: [...files, { what: "transcript", path: transcript }],
    ...(unwritten.length > 0 && {
      failure: failureOf(unwritten, `deepflow-conformance analyze ${shellWord(transcript)} --out ${shellWord(folder)}`),
    }),
  };
}

/** What the agent printed, scenario by scenario as it came, each line with its time and scenario. */
function* agentLog(transcript: string): Generator<string> {
  for (const line of readTranscriptFile(transcript)) {
    if (line.side !== "agent" || line.kind !== "output") continue;
    const { text, stream, dropped } = line as unknown as AgentOutput;
    const prefix = `${(line.t / 1000).toFixed(3).padStart(8)} ${line.tenant} ${stream} `;
    const body = `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${dropped === undefined ? "" : `[${dropped} more bytes were dropped]\n`}`;
    yield body.replaceAll(/^(?=.)/gm, prefix);
  }
}

/** A full disk is the machine's failure; a report that is just not there would be taken for a green one by whoever collects it. */
function failureOf(unwritten: readonly Unwritten[], again: string): EnvironmentError | ReportError {
  const told = unwritten.map(({ path, error }) => ({ ...blameFor(error), path }));
  const problems = told.map(({ path, text }) => `${path} cannot be written: ${text}`);
  const message = `${problems.join("\n")}\nThe verdict rests on the transcript alone. When this is mended, make them of it: ${again}`;
  const options = { cause: unwritten[0]?.error };
  return told.every(({ blame }) => blame === "environment")
    ? new EnvironmentError(message, options)
    : new ReportError(message, options);
}
