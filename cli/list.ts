import type { Command } from "commander";
import { listOption } from "./option-values.ts";

/** What commander makes of the command line of `list`. */
export interface ListFlags {
  readonly only?: readonly string[];
  readonly json?: true;
}

/** Adds the verb `list`. */
export function addList(program: Command): void {
  program
    .command("list")
    .description("list the requirements")
    .addOption(listOption("--only <patterns>", "these alone: SNAP-*, KAS-OBJ-1"))
    .option("--json", "print them as JSON on stdout, and nothing else there")
    .addHelpText(
      "after",
      "\nExample:\n  deepflow-conformance list --only 'OBJ-*'\n\nExit codes: 0, or 64 where a pattern matches nothing",
    )
    .action(async (flags: ListFlags) => (await import("./list-action.ts")).list(flags));
}
