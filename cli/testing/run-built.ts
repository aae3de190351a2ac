import type { Results } from "../../suites/results.ts";
import { spawnBuilt } from "./spawn-built.ts";

/** How a run of the built command line ended. */
export interface BuiltRun {
  readonly code: number | null;
  readonly results: Results;
  readonly stderr: string;
}

/**
 * Runs `deepflow-conformance run --json OPTIONS` as users do: the built bin in a process of its own.
 *
 * @throws where stdout is not one results document
 */
export async function runBuilt(options: readonly string[], signal: AbortSignal): Promise<BuiltRun> {
  const { code, stdout, stderr } = await spawnBuilt(["run", "--json", ...options], signal);
  try {
    return { code, results: JSON.parse(stdout) as Results, stderr };
  } catch (error) {
    throw new Error(`exit code ${code}, no results on stdout: ${stdout.slice(0, 500)}\n${stderr}`, { cause: error });
  }
}
