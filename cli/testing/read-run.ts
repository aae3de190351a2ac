import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "../../suites/results.ts";
import { readTranscriptFile, type RawLine } from "../../transcript/index.ts";
import { spawnBuilt } from "./spawn-built.ts";

/** What a run has left in its folder. */
export interface LeftBehind {
  readonly lines: readonly RawLine[];
  readonly results: Results;
}

/** Reads what a run left. @throws where `analyze` does not make the very results of its transcript that the run made */
export async function readRun(folder: string, signal: AbortSignal): Promise<LeftBehind> {
  const transcript = join(folder, "transcript.jsonl");
  const text = readFileSync(join(folder, "results.json"), "utf8");
  const again = await spawnBuilt(["analyze", transcript, "--json"], signal);
  if (again.stdout !== text) throw new Error(`analyze makes other results of ${transcript}:\n${again.stderr}`);
  return { lines: [...readTranscriptFile(transcript)], results: JSON.parse(text) as Results };
}
