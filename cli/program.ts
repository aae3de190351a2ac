import { Command } from "commander";
import { addAnalyze } from "./analyze.ts";
import { addBaseline } from "./baseline.ts";
import { addDoctor } from "./doctor.ts";
import { addEnv } from "./env.ts";
import { addExplain } from "./explain.ts";
import { addInspect } from "./inspect.ts";
import { addList } from "./list.ts";
import { addRun } from "./run.ts";
import { addSelftest } from "./selftest.ts";
import { addServe } from "./serve.ts";
import { packageVersion } from "../suites/runner/package-version.ts";

/** The whole command line. Errors are thrown as CommanderError after their text went to stderr. */
export function createProgram(): Command {
  const program = new Command("deepflow-conformance")
    .description("A mock deepflow-server and a conformance harness for pseudo-agents that call KubernetesAPISync.")
    .version(packageVersion())
    .showHelpAfterError("(add --help for all options)")
    .exitOverride()
    .addHelpText(
      "after",
      `
Examples:
  deepflow-conformance run --agent reference
  deepflow-conformance run -- ./my-agent --server {server} --cluster-id {cluster_id} --kubeconfig {kubeconfig}
  deepflow-conformance serve --listen 127.0.0.1:20035`,
    );
  // A verb takes over how errors are told and left with from what is set above.
  for (const add of [addRun, addServe, addAnalyze, addInspect, addList, addExplain, addBaseline, addEnv, addSelftest, addDoctor])
    add(program);
  return program;
}
