import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { kubernetesResourcesFor } from "../environments/index.ts";
import { readClusterRole } from "../suites/permissions/index.ts";
import type { RunOptions } from "../suites/runner/index.ts";
import { CommandWordsError, commandWords } from "./command-words.ts";
import { readUserFile } from "./read-file.ts";
import type { RunFlags } from "./run.ts";
import { UsageError } from "./usage-error.ts";

/**
 * What the agent is told beside its flags: the resource lists of the declared features, the same that `env show` prints,
 * and its configuration file.
 *
 * @throws UsageError where the file cannot be read, or would not reach the agent
 */
export function settingsFor(
  command: readonly string[],
  flags: SettingFlags,
): Pick<RunOptions, "kubernetesResources" | "template" | "clusterRole" | "noWatchCommand"> {
  const { features = [], template, agent, clusterRole, attach, manifest } = flags;
  const kubernetesResources = kubernetesResourcesFor(features);
  const told = manifest === undefined ? command : [readUserFile(manifest, "--manifest")];
  const takesConfig = attach === true || told.some((text) => text.includes("{config}"));
  if (template === undefined && takesConfig && attach !== true)
    throw new UsageError("the agent's command has {config}, which takes --template FILE");
  if (template !== undefined && !takesConfig) {
    const why = agent === undefined ? "the agent's command has no {config}" : `--agent ${agent} takes none`;
    throw new UsageError(`--template ${template} would not reach the agent: ${why}`);
  }
  return {
    ...(kubernetesResources.length === 0 ? {} : { kubernetesResources }),
    ...(template === undefined ? {} : { template: { name: basename(template), text: readTemplate(template) } }),
    ...(clusterRole === undefined ? {} : { clusterRole: readRole(clusterRole) }),
    ...noWatchSetting(command, flags),
  };
}

/** The flags that settings are made from. */
type SettingFlags = Pick<RunFlags, "features" | "template" | "agent" | "attach" | "manifest" | "clusterRole" | "noWatchCommand">;

function noWatchSetting(
  command: readonly string[],
  { features = [], noWatchCommand, agent, attach }: SettingFlags,
): Pick<RunOptions, "noWatchCommand"> {
  const declared = features.includes("no-watch");
  if (noWatchCommand === undefined) {
    if (!declared || command.length === 0) return {};
    throw new UsageError(
      "the feature no-watch takes --no-watch-command, the agent's command with which it is told not to watch: --no-watch-command './my-agent --server {server} --no-watch'",
    );
  }
  if (!declared)
    throw new UsageError("--no-watch-command is for agents that declare the feature no-watch: add --features no-watch");
  if (agent === "reference") throw new UsageError("--no-watch-command would not reach the agent: --agent reference has its own");
  if (attach) throw new UsageError("--no-watch-command would not reach the agent: with --attach you start it yourself");
  try {
    const words = commandWords(noWatchCommand);
    if (words.length === 0) throw new UsageError("--no-watch-command is empty");
    return { noWatchCommand: words };
  } catch (error) {
    if (error instanceof CommandWordsError)
      throw new UsageError(`--no-watch-command cannot be read: ${error.message}`, { cause: error });
    throw error;
  }
}

function readRole(file: string): NonNullable<RunOptions["clusterRole"]> {
  try {
    return { source: basename(file), rules: readClusterRole(readFileSync(file, "utf8")) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--cluster-role ${file} cannot be used: ${why}`, { cause: error });
  }
}

function readTemplate(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`--template ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
