import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { environmentNames, kubernetesResourcesOf } from "../environments/index.ts";
import type { RunOptions } from "../suites/runner/index.ts";
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
  { features = [], template, agent }: Pick<RunFlags, "features" | "template" | "agent">,
): Pick<RunOptions, "kubernetesResources" | "template"> {
  const environments = new Set(features.filter((feature) => environmentNames.includes(feature)));
  const kubernetesResources = [...environments].flatMap((name) => kubernetesResourcesOf(name));
  const takesConfig = command.some((argument) => argument.includes("{config}"));
  if (template === undefined && takesConfig)
    throw new UsageError("the agent's command has {config}, which takes --template FILE");
  if (template !== undefined && !takesConfig) {
    const why = agent === undefined ? "the agent's command has no {config}" : `--agent ${agent} takes none`;
    throw new UsageError(`--template ${template} would not reach the agent: ${why}`);
  }
  return {
    ...(kubernetesResources.length === 0 ? {} : { kubernetesResources }),
    ...(template === undefined ? {} : { template: { name: basename(template), text: readTemplate(template) } }),
  };
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
