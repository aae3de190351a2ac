import { existsSync, readFileSync } from "node:fs";
import { inspectHost } from "../environments/host/inspect.ts";
import {
  agentLines,
  checkEnvironment,
  checkHost,
  environmentNames,
  findEnvironment,
  materialText,
  parseAgentVersion,
  renderEnvironment,
  type Environment,
  type InputFile,
} from "../environments/index.ts";
import { checkJson, checkText, hostJson, hostText, listJson, listText } from "./env-text.ts";
import type { EnvCheckFlags, EnvListFlags, EnvShowFlags } from "./env.ts";
import { EXIT } from "./exit-codes.ts";
import { UsageError } from "./usage-error.ts";

/** Prints all environments. */
export function list({ json }: EnvListFlags): void {
  const all = environmentNames.flatMap((name) => findEnvironment(name) ?? []);
  process.stdout.write(json === true ? listJson(all) : listText(all));
}

/** Prints the material of one. Throws UsageError where there is none. */
export function show(name: string, { agent, json, part }: EnvShowFlags): void {
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

/** Judges files, or for an environment of hosts this host. Sets the exit code. */
export async function check(name: string, files: readonly string[], options: EnvCheckFlags): Promise<void> {
  const environment = requireNames(name, options.agent);
  const isHost = environment.host !== undefined && files.every((file) => file !== "-" && !/\.(ya?ml|json)$/.test(file));
  process.exitCode = isHost ? await checkThisHost(environment, files, options) : checkFiles(environment, files, options);
}

function checkFiles({ name }: Environment, files: readonly string[], { agent, json }: EnvCheckFlags): number {
  if (files.length === 0) throw new UsageError(`which files? Give YAML or JSON, or - for stdin (see \`env show ${name}\`)`);
  const result = checkEnvironment(name, files.map(readInput), agent);
  process.stdout.write(json === true ? checkJson(result) : checkText(result));
  return result.findings.some(({ level }) => level === "error") ? EXIT.nonConformant : EXIT.passed;
}

async function checkThisHost(
  { name, host }: Environment,
  binaries: readonly string[],
  { json, user }: EnvCheckFlags,
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
