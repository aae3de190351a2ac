import type { ClusterIdMessage, SynchronizerClient } from "../../../proto/index.ts";
import { createBackoff, pause } from "../backoff.ts";
import { reasonOf, type Log } from "../log.ts";

/** What GetKubernetesClusterID wants to know about the cluster. */
export interface ClusterIdQuestion {
  /** MD5 of the bytes of the cluster's CA file, in hex. */
  readonly caMd5: string;
  readonly clusterName?: string;
  readonly teamId?: string;
  readonly callTimeoutMs: number;
}

/**
 * Asks the server for the cluster's id, by the MD5 of its CA (protocol.md 5.5), until it gives one. Undefined only
 * when aborted.
 */
export async function fetchClusterId(
  client: SynchronizerClient,
  question: ClusterIdQuestion,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const message: ClusterIdMessage = {
    caMd5: question.caMd5,
    ...(question.clusterName === undefined ? {} : { clusterName: question.clusterName }),
    ...(question.teamId === undefined ? {} : { teamId: question.teamId }),
  };
  const backoff = createBackoff(500, 30_000);
  while (!signal.aborted) {
    try {
      const answer = await client.getKubernetesClusterId(message, { timeoutMs: question.callTimeoutMs, signal });
      if (answer.clusterId && !answer.errorMsg) return answer.clusterId;
      log("warn", "the server gave no cluster id", { reason: answer.errorMsg ?? "empty" });
    } catch (error) {
      log("warn", "the server cannot be asked for a cluster id", { reason: reasonOf(error) });
    }
    await pause(backoff.next(), signal);
  }
  return undefined;
}
