import type { Command } from "commander";
import { agentLines, defaultAgentLine } from "../environments/agent-version.ts";

/** What commander makes of the command line of `env list`. */
export interface EnvListFlags {
  readonly json?: true;
}

/** What commander makes of the command line of `env show`. */
export interface EnvShowFlags extends EnvListFlags {
  readonly agent: string;
  readonly part?: string;
}

/** What commander makes of the command line of `env check`. */
export interface EnvCheckFlags extends EnvListFlags {
  readonly agent: string;
  readonly user: string;
}

const AGENT = ["--agent <line>", `line (${agentLines.join(", ")}) or release (v6.6.4) of deepflow-agent`] as const;
const NAME = ["<name>", "an environment of `env list`"] as const;

/** Adds the verb `env` with `list`, `show` and `check`. */
export function addEnv(program: Command): void {
  const env = program.command("env").description("the special environments: what to apply, and whether yours is right");
  env
    .command("list")
    .description("list the special environments")
    .option("--json", "print them as JSON on stdout, and nothing else there")
    .action(async (flags: EnvListFlags) => (await import("./env-action.ts")).list(flags));
  env
    .command("show")
    .argument(...NAME)
    .description("print what to apply, as YAML with comments")
    .option(...AGENT, defaultAgentLine)
    .option("--part <part>", "one file of it alone, such as agent-group-config")
    .option("--json", "print it as JSON on stdout, and nothing else there")
    .addHelpText("after", "\nExample:\n  deepflow-conformance env show openshift --part cluster-role | kubectl apply -f -")
    .action(async (name: string, flags: EnvShowFlags) => (await import("./env-action.ts")).show(name, flags));
  env
    .command("check")
    .argument(...NAME)
    .argument("[files...]", "YAML or JSON to judge, - for stdin; for non-root the binary of the agent")
    .description("judge your own configuration, ClusterRole, manifests or chart values")
    .option(...AGENT, defaultAgentLine)
    .option("--user <name>", "non-root: who runs the agent", "deepflow")
    .option("--json", "print the findings as JSON on stdout, and nothing else there")
    .addHelpText("after", EXIT_CODES)
    .action(async (name: string, files: string[], flags: EnvCheckFlags) =>
      (await import("./env-action.ts")).check(name, files, flags),
    );
}

const EXIT_CODES = `
Exit codes:
  0    nothing is wrong; there may be warnings
  1    something is wrong
  4    non-root: it cannot be told on this host
  64   usage`;
