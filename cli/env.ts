import { existsSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { inspectHost } from "../environments/host/inspect.ts";
import {
  agentLines,
  checkEnvironment,
  checkHost,
  defaultAgentLine,
  environmentNames,
  findEnvironment,
  materialText,
  parseAgentVersion,
  renderEnvironment,
  type Environment,
  type InputFile,
} from "../environments/index.ts";
import { checkJson, checkText, hostJson, hostText, listJson, listText } from "./env-text.ts";
import { EXIT } from "./exit-codes.ts";
import { UsageError } from "./usage-error.ts";

interface CommonOptions {
  readonly agent: string;
  readonly json?: boolean;
}

const AGENT_OPTION = [
  "--agent <line>",
  `line (${agentLines[0]} … ${agentLines.at(-1)}) or release (v6.6.4) of deepflow-agent`,
] as const;

/** `env list | show | check`: the special environments. */
export function addEnv(program: Command): void {
  const env = program.command("env").description("the special environments: what to apply, and whether yours is right");
  env.command("list").description("all of them").option("--json", "as JSON").action(list);
  env
    .command("show")
    .argument("<name>", "an environment of `env list`")
    .description("material to apply, as YAML with comments")
    .option(...AGENT_OPTION, defaultAgentLine)
    .option("--part <part>", "one file of it alone, such as agent-group-config")
    .option("--json", "as JSON")
    .action(show);
  env
    .command("check")
    .argument("<name>", "an environment of `env list`")
    .argument("[files...]", "YAML or JSON to judge, - for stdin; for non-root: the binary")
    .description("judges your own configuration, ClusterRole or manifests")
    .option(...AGENT_OPTION, defaultAgentLine)
    .option("--user <name>", "non-root: who runs the agent", "deepflow")
    .option("--json", "as JSON")
    .addHelpText("after", "\nExit codes: 0 no error (warnings may be) · 1 errors · 4 it cannot be told on this host · 64 usage")
    .action(check);
}

function list({ json }: { readonly json?: boolean }): void {
  const all = environmentNames.flatMap((name) => findEnvironment(name) ?? []);
  process.stdout.write(json === true ? listJson(all) : listText(all));
}

function show(name: string, { agent, json, part }: CommonOptions & { readonly part?: string }): void {
  requireNames(name, agent);
  const rendering = renderEnvironment(name, agent);
  if (!rendering.available) throw new UsageError(rendering.reason);
  const { material } = rendering;
  const file = material.files.find((candidate) => candidate.part === part);
  if (part !== undefined && file === undefined) {
    throw new UsageError(`${name} has no part ${part}; it has ${material.files.map((candidate) => candidate.part).join(", ")}`);
  }
  const chosen = { ...material, files: file === undefined ? material.files : [file] };
  process.stdout.write(json === true ? `${JSON.stringify(chosen, null, 2)}\n` : materialText(material, file));
}

async function check(name: string, files: readonly string[], options: CommonOptions & { readonly user: string }): Promise<void> {
  const environment = requireNames(name, options.agent);
  const isHost = environment.host !== undefined && files.every((file) => file !== "-" && !/\.(ya?ml|json)$/.test(file));
  process.exitCode = isHost ? await checkThisHost(environment, files, options) : checkFiles(environment, files, options);
}

function checkFiles({ name }: Environment, files: readonly string[], { agent, json }: CommonOptions): number {
  if (files.length === 0) throw new UsageError(`which files? Give YAML or JSON, or - for stdin (see \`env show ${name}\`)`);
  const result = checkEnvironment(name, files.map(readInput), agent);
  process.stdout.write(json === true ? checkJson(result) : checkText(result));
  return result.findings.some(({ level }) => level === "error") ? EXIT.nonConformant : EXIT.passed;
}

async function checkThisHost(
  { name, host }: Environment,
  binaries: readonly string[],
  { json, user }: CommonOptions & { readonly user: string },
): Promise<number> {
  if (host === undefined || binaries.length > 1) throw new UsageError(`one binary at a time, not ${binaries.join(" ")}`);
  const facts = await inspectHost({ binary: binaries[0] ?? host.binary, user, profile: host });
  const judgement = checkHost(name, facts);
  process.stdout.write(json === true ? hostJson(name, facts, judgement) : hostText(facts, judgement));
  if (judgement.unknown.length > 0) return EXIT.environment;
  return judgement.findings.some(({ level }) => level === "error") ? EXIT.nonConformant : EXIT.passed;
}

function requireNames(name: string, agent: string): Environment {
  const environment = findEnvironment(name);
  if (environment === undefined)
    throw new UsageError(`there is no environment ${name}; there are ${environmentNames.join(", ")}`);
  if (parseAgentVersion(agent) === undefined) {
    throw new UsageError(`there is no agent ${agent}; give a line (${agentLines.join(", ")}) or a release of one (v6.6.4)`);
  }
  return environment;
}

function readInput(file: string): InputFile {
  if (file === "-") return { file: "<stdin>", text: readFileSync(0, "utf8") };
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  try {
    return { file, text: readFileSync(file, "utf8") };
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
