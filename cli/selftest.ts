import type { Command } from "commander";
import { integerOption, listOption } from "./option-values.ts";

/** What commander makes of the command line of `selftest`. */
export interface SelftestFlags {
  readonly only?: readonly string[];
  readonly jobs?: number;
  readonly check?: true;
  readonly docs?: string;
  readonly out?: string;
  readonly keep?: true;
  readonly json?: true;
}

/** Adds the verb `selftest`. */
export function addSelftest(program: Command): void {
  program
    .command("selftest")
    .description("prove the checks: run every deliberately wrong agent, and see that it fails what it declares")
    .addOption(listOption("--only <patterns>", "these alone: names of agents, or ids of requirements (gzip, SNAP-*)"))
    .addOption(integerOption("--jobs <n>", "scenarios side by side (default: 8 a processor, fewer on a busy machine)", 1))
    .option("--check", "write nothing; compare with the matrix in the docs, and exit with 1 on a difference")
    .option("--docs <dir>", "folder of kill-matrix.md and kill-matrix.json (default: docs of this package)")
    .option("--out <dir>", "folder for the runs of agents that break a rule (default: a temporary one)")
    .option("--keep", "keep the files of all runs there, and not only of agents that break a rule")
    .option("--json", "print the matrix and what is wrong with it on stdout, and nothing else there")
    .addHelpText(
      "after",
      `
Rules: every mutant fails exactly what it declares; every judged requirement is failed by a mutant and met by some agent; the
reference agent fails nothing; an agent that polls fails no MUST; a silent one, one that exits at once and one that only
sends heartbeats pass nothing. With --only nothing is written, and only what was chosen is compared.

What an overloaded machine leaves open, since no processor was left for the harness or the agent, is no verdict: such a run is
made once more when all others are done, which is printed and counted.

Examples:
  deepflow-conformance selftest --check
  deepflow-conformance selftest --only 'keep-*,ECHO-1'

Exit codes: 0 every rule holds; 1 one is broken, or the matrix differs; 4 the environment failed, or the
machine was too busy to tell; 64 usage; 70 a fault of
the harness; 130 interrupted`,
    )
    .action(async (flags: SelftestFlags) => (await import("./selftest-action.ts")).selftest(flags));
}
