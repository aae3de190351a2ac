import type { Command } from "commander";
import { defaultTarget, otherTargets, targetIds } from "../server-mock/contract/index.ts";
import { integerOption, listOption } from "./option-values.ts";

/** What commander makes of the command line of `inspect`. */
export interface InspectFlags {
  readonly target?: readonly string[];
  readonly pods?: number;
  readonly seed: number;
  readonly json?: true;
}

/** Adds the verb `inspect`. */
export function addInspect(program: Command): void {
  program
    .command("inspect")
    .description("show what a server would keep of a snapshot, what it would drop, and why")
    .argument("[source]", "a file, a folder of *.json, or an http URL")
    .addOption(listOption("--target <ids>", `${targetIds.join(", ")}, ${otherTargets}; or all (default: ${defaultTarget})`))
    .addOption(integerOption("--pods <n>", "inspect a generated cluster of so many pods instead of a source", 1))
    .addOption(integerOption("--seed <n>", "which generated cluster", 0).default(1))
    .option("--json", "print {target, inventory}, or an array of them, on stdout, and nothing else there")
    .addHelpText(
      "after",
      `
The source is one of
  a transcript           of run or serve --record: its last accepted snapshot
  kubectl get … -o json  objects as an agent would upload them; several files in one folder count as one snapshot
  a real server's own    the answer of its debug route, GET /v1/kubernetes-info/<cluster_id>/, from a file or by URL
With several targets, what changes from each to the next is told row by row.

Examples:
  deepflow-conformance inspect conformance-out/<run>/transcript.jsonl --target v6.5,v7.1
  kubectl get nodes,namespaces,deployments,replicasets,pods,services -A -o json > cluster.json
  deepflow-conformance inspect cluster.json --target all
  deepflow-conformance inspect http://10.0.0.5:30417/v1/kubernetes-info/d-abcdefghij/

Exit codes: 0 whenever an inventory could be made, 4 where the URL does not answer, 64 usage or an unreadable source`,
    )
    .action(async (source: string | undefined, flags: InspectFlags) =>
      (await import("./inspect-action.ts")).inspect(source, flags),
    );
}
