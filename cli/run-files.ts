import type { AgentOutput } from "../agents/index.ts";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderJunit, renderResults } from "../report/index.ts";
import type { Results } from "../suites/results.ts";
import { readTranscriptFile } from "../transcript/index.ts";
import { EnvironmentError } from "./usage-error.ts";

/** A file of a run, for people. */
export interface RunFile {
  readonly what: string;
  readonly path: string;
}

/**
 * Writes results.json, junit.xml and agent.log beside a transcript, over what was there.
 *
 * @throws EnvironmentError naming the file that cannot be written
 */
export function writeRunFiles(
  folder: string,
  transcript: string,
  results: Results,
  failOn: "must" | "should",
): readonly RunFile[] {
  const at = (name: string) => join(folder, name);
  write(at("results.json"), renderResults(results));
  write(at("junit.xml"), renderJunit(results, { failOn }));
  writeAgentLog(at("agent.log"), transcript);
  return [
    { what: "results", path: at("results.json") },
    { what: "junit", path: at("junit.xml") },
    { what: "agent's log", path: at("agent.log") },
    { what: "transcript", path: transcript },
  ];
}

/** What the agent printed, scenario by scenario as it came, each line with its time and scenario. */
function writeAgentLog(path: string, transcript: string): void {
  write(path, "");
  for (const line of readTranscriptFile(transcript)) {
    if (line.side !== "agent" || line.kind !== "output") continue;
    const { text, stream, dropped } = line as unknown as AgentOutput;
    const prefix = `${(line.t / 1000).toFixed(3).padStart(8)} ${line.tenant} ${stream} `;
    const body = `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${dropped === undefined ? "" : `[${dropped} more bytes were dropped]\n`}`;
    appendFileSync(path, body.replaceAll(/^(?=.)/gm, prefix));
  }
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new EnvironmentError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
