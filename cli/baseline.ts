import type { Command } from "commander";

/** What commander makes of the command lines of `baseline`. */
export interface BaselineFlags {
  readonly baseline: string;
  readonly json?: true;
}

/** Adds the verb `baseline` with its parts. */
export function addBaseline(program: Command): void {
  const baseline = program
    .command("baseline")
    .description("expected and flaky failures: check them, bring them up to date")
    .addHelpText(
      "after",
      `
A baseline is YAML or JSON (docs/baseline.schema.json):

  version: 1
  expected:                        # fail until they are mended
    - id: KAS-SNAP-9
      scenario: first-snapshot     # default: every one
      targets: [v7.1]              # default: all; likewise clusters: [kind]
      reason: the sync loop has no notion of an unchanged state yet
      owner: platform team
      expires: 2026-12-31          # the last day, UTC; held against the start of the run
  flaky:                           # fail now and then
    - id: KAS-ECHO-1
      scenario: held-version-lost
      repeat: 5                    # so often the scenario is told
      reason: a race at the reconnect
      owner: platform team
      expires: 2026-06-30

\`run --baseline FILE\` exits 0 where all that failed is expected. An entry that passes (stale), that was not judged
(unmatched), that has expired, or that is listed as flaky and fails every time makes it exit 1. What could not be tested is
never excused.`,
    );
  baseline
    .command("check")
    .description("hold a baseline against the results of a run, or alone against the requirements and this day")
    .argument("[results]", "a results.json")
    .requiredOption("--baseline <file>", "the baseline")
    .option("--json", "print what has become of each entry as JSON on stdout, and nothing else there")
    .addHelpText(
      "after",
      `
Examples:
  deepflow-conformance baseline check --baseline conformance-baseline.yaml
  deepflow-conformance baseline check conformance-out/run/results.json --baseline conformance-baseline.yaml

Exit codes: 0, 1 where an entry or a failure is to be seen to, 64 where the file is no baseline or lacks a reason or an owner`,
    )
    .action(async (results: string | undefined, flags: BaselineFlags) =>
      (await import("./baseline-action.ts")).check(results, flags),
    );
  baseline
    .command("update")
    .description("write what fails in the results into a baseline, and take out what passes")
    .argument("<results>", "a results.json")
    .requiredOption("--baseline <file>", "the baseline; made where it does not exist")
    .addHelpText(
      "after",
      `
Reasons, owners and comments of what stays are kept. A new entry has an empty reason and owner: \`run\` and \`check\` refuse
the file until somebody has filled them in.

Example:
  deepflow-conformance baseline update conformance-out/run/results.json --baseline conformance-baseline.yaml

Exit codes: 0, 4 where the file cannot be written, 64 where it is no baseline`,
    )
    .action(async (results: string, flags: BaselineFlags) => (await import("./baseline-action.ts")).update(results, flags));
}
