import type { Command } from "commander";

/** What commander makes of the command line of `doctor`. */
export interface DoctorFlags {
  readonly json?: true;
}

/** Adds the verb `doctor`. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("what works on this machine, what is missing, and how to get it")
    .option("--json", "print it as JSON on stdout, and nothing else there")
    .addHelpText(
      "after",
      `
It tells which kinds of clusters, forms of agents and example agents can be used here, starts the embedded way to see that
it works, and looks at limits that are known to bite: inotify, disk, file descriptors, the ports of \`serve\`, proxies.
It changes nothing, and asks nothing of a cluster.

Example:
  deepflow-conformance doctor

Exit codes: 0 where the embedded way works, which \`run\` takes by default; else 4`,
    )
    .action(async (flags: DoctorFlags) => (await import("./doctor-action.ts")).doctor(flags));
}
