import { ClusterUnavailableError, type ClusterProvider } from "../../cluster/index.ts";
import { findAssets } from "../../cluster/envtest/assets.ts";
import { requirePrograms } from "../../cluster/kind/commands.ts";
import { planFor } from "../../suites/runner/index.ts";
import { openProvider } from "../../suites/runner/open-provider.ts";
import { optionsOf } from "../../suites/selftest/run-subject.ts";
import type { ClusterGroup } from "./clusters.ts";
import type { ProviderName } from "./types.ts";

/** Why a provider cannot run on this machine; undefined where nothing is missing that is known beforehand. */
export async function whyNot(name: ProviderName, signal: AbortSignal): Promise<string | undefined> {
  try {
    if (name === "envtest") findAssets();
    if (name === "kind") await requirePrograms(signal);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Opens the clusters that the runs of a group's agents share, filled as that of the first has them.
 * @param logs folder for what a failing cluster leaves behind
 * @throws ClusterUnavailableError where they cannot be had; the signal's reason
 */
export async function openShared(
  name: ProviderName,
  { features, subjects: [first] }: ClusterGroup,
  logs: string,
  signal: AbortSignal,
): Promise<ClusterProvider> {
  if (first === undefined) throw new Error("no agent needs these clusters");
  const { nodes, ...rest } = optionsOf(first);
  // Objects of embedded and envtest clusters; with kind they would be containers.
  const options = {
    ...rest,
    ...(name === "kind" || nodes === undefined ? {} : { nodes }),
    features,
    cluster: { kind: name },
    logs,
  };
  return openProvider(options, planFor(options), signal);
}

/** True of an error that tells of the machine. */
export function isUnavailable(error: unknown): error is ClusterUnavailableError {
  return error instanceof ClusterUnavailableError;
}
