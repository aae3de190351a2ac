import { ClusterUnavailableError, type ClusterProvider } from "../../cluster/index.ts";
import { findAssets } from "../../cluster/envtest/assets.ts";
import { requirePrograms } from "../../cluster/kind/commands.ts";
import { planFor } from "../../suites/runner/index.ts";
import { openProvider } from "../../suites/runner/open-provider.ts";
import { optionsOf } from "../../suites/selftest/run-subject.ts";
import type { Subject } from "../../suites/selftest/types.ts";
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
 * Opens the clusters that every agent's run shares, filled as the subject's run has them.
 * @param logs folder for what a failing cluster leaves behind
 * @throws ClusterUnavailableError where they cannot be had; the signal's reason
 */
export async function openShared(
  name: ProviderName,
  subject: Subject,
  logs: string,
  signal: AbortSignal,
): Promise<ClusterProvider> {
  const { nodes, ...rest } = optionsOf(subject);
  // Objects of embedded and envtest clusters; with kind they would be containers.
  const options = { ...rest, ...(name === "kind" || nodes === undefined ? {} : { nodes }), cluster: { kind: name }, logs };
  return openProvider(options, planFor(options), signal);
}

/** True of an error that tells of the machine. */
export function isUnavailable(error: unknown): error is ClusterUnavailableError {
  return error instanceof ClusterUnavailableError;
}
