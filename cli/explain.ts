import type { Command } from "commander";

/** What commander makes of the command line of `explain`. */
export interface ExplainFlags {
  readonly target?: string;
  readonly json?: true;
}

/** Adds the verb `explain`. */
export function addExplain(program: Command): void {
  program
    .command("explain")
    .description("explain a requirement, or a finding of the mock server")
    .argument("<id>", "KAS-SNAP-3, SNAP-3, or a finding such as raw-deflate")
    .option("--target <id>", "also say whether it holds for this target")
    .option("--json", "print it as JSON on stdout, and nothing else there")
    .addHelpText(
      "after",
      "\nExamples:\n  deepflow-conformance explain KAS-SNAP-3\n  deepflow-conformance explain trailing-bytes\n\nExit codes: 0, or 64 where there is no such id",
    )
    .action(async (id: string, flags: ExplainFlags) => (await import("./explain-action.ts")).explain(id, flags));
}
