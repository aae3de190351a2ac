import type { Command } from "commander";
import { EXIT_CODE_HELP } from "./exit-codes.ts";

/** What commander makes of the command line of `analyze`. */
export interface AnalyzeFlags {
  readonly json?: true;
  readonly out?: string;
}

/** Adds the verb `analyze`. */
export function addAnalyze(program: Command): void {
  program
    .command("analyze")
    .description("judge a transcript again, as `run` judged it")
    .argument("<transcript>", "a transcript.jsonl")
    .option("--out <dir>", "write results.json, junit.xml and agent.log into this folder")
    .option("--json", "print results.json on stdout, and nothing else there")
    .addHelpText(
      "after",
      `\nExample:\n  deepflow-conformance analyze conformance-out/20260102T030405Z-1f2e/transcript.jsonl\n${EXIT_CODE_HELP}`,
    )
    .action(async (path: string, flags: AnalyzeFlags) => (await import("./analyze-action.ts")).analyze(path, flags));
}
