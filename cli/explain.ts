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
    .description(
      "explain a requirement, a finding of the mock server, a scenario, a mutant agent, or with --target alone a target",
    )
    .argument("[id]", "KAS-SNAP-3, SNAP-3, a finding such as raw-deflate, a scenario or a mutant")
    .option("--target <id>", "also say whether it holds for this target; without an id, what holds for it at all")
    .option("--json", "print it as JSON on stdout, and nothing else there")
    .addHelpText(
      "after",
      "\nExamples:\n  deepflow-conformance explain KAS-SNAP-3\n  deepflow-conformance explain trailing-bytes\n  deepflow-conformance explain --target v6.4.7\n\nExit codes: 0, or 64 where there is no such id",
    )
    .action(async (id: string | undefined, flags: ExplainFlags) => (await import("./explain-action.ts")).explain(id, flags));
}
