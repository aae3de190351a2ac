import { createBackoff, pause } from "../backoff.ts";
import type { AgentBehaviour } from "../behaviour.ts";
import type { Collector } from "../collect/collector.ts";
import { reasonOf, type Log } from "../log.ts";
import type { Uploader } from "./uploader.ts";

/** After failed calls. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;

/** How the loop goes. */
export interface SyncLoopOptions {
  readonly intervalMs: number;
  readonly behaviour: Pick<AgentBehaviour, "retryAfter">;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Beats once an interval until aborted. The first beat comes as soon as everything is listed; until then, a beat an
 * interval tells the server what is wrong, if anything is.
 */
export async function runSyncLoop(
  uploader: Pick<Uploader, "beat">,
  collector: Pick<Collector, "isReady" | "ready">,
  { intervalMs, behaviour, log, signal }: SyncLoopOptions,
): Promise<void> {
  const backoff = createBackoff(FIRST_RETRY_MS, LAST_RETRY_MS);
  while (!signal.aborted) {
    if (!collector.isReady) await readyOrPause(collector, intervalMs, signal);
    if (signal.aborted) return;
    const startedAt = performance.now();
    const succeeded = await uploader.beat().catch((error: unknown) => {
      log("error", "a beat went wrong", { reason: reasonOf(error) });
      return false;
    });
    if (succeeded) backoff.reset();
    if (!collector.isReady) continue;
    const rest = Math.max(0, intervalMs - (performance.now() - startedAt));
    await pause(succeeded ? rest : behaviour.retryAfter(rest, backoff.next()), signal);
  }
}

async function readyOrPause(collector: Pick<Collector, "ready">, milliseconds: number, signal: AbortSignal): Promise<void> {
  const settled = new AbortController();
  await Promise.race([collector.ready, pause(milliseconds, AbortSignal.any([signal, settled.signal]))]);
  settled.abort();
}
