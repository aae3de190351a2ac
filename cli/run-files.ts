import type { AgentOutput } from "../agents/index.ts";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderJunit, renderResults } from "../report/index.ts";
import type { Results } from "../suites/results.ts";
import { readTranscriptFile } from "../transcript/index.ts";
import { blameFor } from "../suites/runner/blame.ts";
import { EnvironmentError, ReportError } from "./usage-error.ts";

/** A file of a run, for people. */
interface RunFile {
  readonly what: string;
  readonly path: string;
}

/** What came of writing the files of a run. */
export interface WrittenFiles {
  /** Those that are there. */
  readonly files: readonly RunFile[];
  /** Names the first one that could not be written. One that fails keeps none of the others back. */
  readonly failure?: EnvironmentError | ReportError;
}

/** Writes results.json, junit.xml and agent.log beside a transcript, over what was there. */
export function writeRunFiles(folder: string, transcript: string, results: Results, failOn: "must" | "should"): WrittenFiles {
  const wanted: readonly (readonly [what: string, name: string, text: () => Iterable<string>])[] = [
    ["results", "results.json", () => [renderResults(results)]],
    ["junit", "junit.xml", () => [renderJunit(results, { failOn })]],
    ["agent's log", "agent.log", () => agentLog(transcript)],
  ];
  const files: RunFile[] = [];
  let failure: WrittenFiles["failure"];
  for (const [what, name, text] of wanted) {
    const path = join(folder, name);
    try {
      writeFileSync(path, "");
      for (const part of text()) appendFileSync(path, part);
      files.push({ what, path });
    } catch (error) {
      failure ??= failureOf(path, error);
    }
  }
  return { files: [...files, { what: "transcript", path: transcript }], ...(failure && { failure }) };
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
function failureOf(path: string, error: unknown): EnvironmentError | ReportError {
  const { blame, text } = blameFor(error);
  const message = `${path} cannot be written: ${text}`;
  return blame === "environment" ? new EnvironmentError(message, { cause: error }) : new ReportError(message, { cause: error });
}
