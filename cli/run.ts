import { Option, type Command } from "commander";
import { profiles } from "../suites/requirements/index.ts";
import { durationOption, integerOption, listOption, positiveNumberOption } from "./option-values.ts";
import { EXIT_CODE_HELP } from "./exit-codes.ts";
import { addClusterOptions, type ClusterFlags } from "./run-cluster.ts";

/** What commander makes of the command line of `run`. Durations are milliseconds. */
export interface RunFlags extends ClusterFlags {
  readonly target?: string;
  readonly profile: readonly string[];
  readonly features?: readonly string[];
  readonly only?: readonly string[];
  readonly interval: number;
  readonly callTimeout: number;
  readonly budgetScale: number;
  readonly startTimeout?: number;
  readonly failOn: "must" | "should";
  readonly seed?: number;
  readonly repeat?: number;
  readonly baseline?: string;
  readonly faults?: string;
  readonly jobs: number;
  readonly out?: string;
  readonly agent?: string;
  readonly attach?: true;
  readonly image?: string;
  readonly manifest?: string;
  readonly agentIn?: "container" | "pod";
  readonly template?: string;
  readonly clusterRole?: string;
  readonly noWatchCommand?: string;
  readonly json?: true;
  readonly dryRun?: true;
}

/** Adds the verb `run`. */
export function addRun(program: Command): void {
  const run = program
    .command("run")
    .description("run an agent against the mock server and a Kubernetes API, and judge it")
    .usage("[options] (--agent reference | --image <image> [-- <args …>] | --manifest <file> | --attach | -- <agent command …>)")
    .argument(
      "[command...]",
      "the agent's command; {server} {host} {port} {cluster_id} {agent_id} {kubeconfig} {ca} {interval_ms} {interval_s} {call_timeout_ms} {kubernetes_resources} {config} are filled in",
    )
    .option("--agent <form>", "another form of agent: reference")
    .option("--attach", "another form of agent: one that you start yourself, with what is printed, once for each scenario")
    .option("--image <image>", "another form of agent: an image, never pulled; what follows -- are its arguments")
    .option("--manifest <file>", "another form of agent: YAML for the cluster; the same placeholders are filled in")
    .addOption(
      new Option(
        "--agent-in <place>",
        "where --image runs (default: a pod where the cluster has them, else a container)",
      ).choices(["container", "pod"]),
    )
    .option("--target <id>", "the server to be conformant with (default: v7.1)");
  addClusterOptions(run)
    .addOption(
      listOption("--profile <names>", `what is judged: ${profiles.join(", ")}, or all of them: all`).default(["core"], "core"),
    )
    .addOption(listOption("--features <names>", "what the agent declares: openshift, openkruise, cluster-id, no-watch, ha"))
    .option("--template <file>", "the agent's configuration file; the same placeholders are filled in, {config} is its path")
    .option(
      "--cluster-role <file>",
      "a ClusterRole: profile restricted runs the agent with just its rules (default: the smallest)",
    )
    .addOption(noWatchCommandOption())
    .addOption(listOption("--only <patterns>", "judge these requirements alone: SNAP-*, KAS-OBJ-1"))
    .addOption(durationOption("--interval <duration>", "how often the agent is told to send").default(1_000, "1s"))
    .addOption(durationOption("--call-timeout <duration>", "the agent's own call timeout").default(15_000, "15s"))
    .addOption(positiveNumberOption("--budget-scale <factor>", "makes every budget longer or shorter").default(1))
    .addOption(durationOption("--start-timeout <duration>", "the start budget (default: 30s, or 10 intervals if that is longer)"))
    .addOption(new Option("--fail-on <level>", "what decides the exit code").choices(["must", "should"]).default("must"))
    .addOption(integerOption("--seed <n>", "makes the same cluster again (default: random, and printed)", 0))
    .option("--faults <file>", "faults of your own, beside those of the scenarios; see docs/faults.schema.json")
    .option("--baseline <file>", "failures that are expected, with reason, owner and expiry; see `baseline --help`")
    .addOption(integerOption("--repeat <n>", "how often each scenario is told; a flake rate is printed", 1))
    .addOption(integerOption("--jobs <n>", "scenarios side by side; one of profile scale counts as half of them", 1).default(8))
    .option("--out <dir>", "folder for the files of the run (default: conformance-out/<run>)")
    .option("--dry-run", "print the plan, what it would make and which rights it takes, and run nothing")
    .option("--json", "print results.json (or the plan) on stdout, and nothing else there")
    .addHelpText(
      "after",
      `
The agent also gets DEEPFLOW_SERVER, DEEPFLOW_CLUSTER_ID, DEEPFLOW_AGENT_ID, KUBECONFIG, DEEPFLOW_SYNC_INTERVAL_MS,
DEEPFLOW_CALL_TIMEOUT_MS and DEEPFLOW_KUBERNETES_RESOURCES. It must dial within the start budget and leave on SIGTERM.

Features openshift and openkruise fill the cluster with their kinds. {kubernetes_resources} is the resource list of
\`env show\` as JSON, [] without them: an agent must follow it. With the feature cluster-id, profile restricted runs an agent
whose {cluster_id} is empty and whose DEEPFLOW_CLUSTER_ID is not set: it must ask GetKubernetesClusterID, by the MD5 of {ca}.

Profile restricted also runs the agent with no rights but those of --cluster-role. With the feature no-watch it runs the agent
once by its command and once by --no-watch-command (the same placeholders; quotes as in a shell, but no shell is run): then it
must be silent on both sides.

Profile recovery breaks connections, calls and the agent itself. It waits for a call that is never answered as long as
--call-timeout says: an agent that takes its timeout from {call_timeout_ms} is judged sooner with --call-timeout 2s.

Examples:
  deepflow-conformance run --agent reference
  deepflow-conformance run --only 'SNAP-*' -- ./my-agent --server {server} --cluster-id {cluster_id}
  deepflow-conformance run --profile core,environments --features openkruise --template agent.yaml -- ./my-agent --config {config}
${EXIT_CODE_HELP}`,
    )
    .action(async (command: readonly string[], flags: RunFlags) => (await import("./run-action.ts")).run(command, flags));
}

/** Named like a flag that denies something, which commander would take it for; it has a value of its own. */
function noWatchCommandOption(): Option {
  const option = new Option(
    "--no-watch-command <command>",
    "the agent's command with which it is told not to watch, for the feature no-watch",
  );
  option.negate = false;
  return option;
}
