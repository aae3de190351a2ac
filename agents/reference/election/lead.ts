import { pause as pauseFor } from "../backoff.ts";
import { reasonOf, type Log } from "../log.ts";
import type { LeaseClient, LeaseRecord } from "./lease.ts";

/** How an election goes. */
export interface ElectionOptions {
  readonly lease: LeaseClient;
  /** Who this replica is; another one for each start of each replica. */
  readonly identity: string;
  /** How long a claim holds without being renewed. */
  readonly leaseMs: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Milliseconds, for durations alone: clocks of different hosts are not compared. */
  readonly now?: () => number;
  /** Resolves early, without throwing, when aborted. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** As client-go has it: tries in 2 of 15 seconds, gives up leading after 10. */
const RETRY_SHARE = 2 / 15;
const GIVE_UP_SHARE = 10 / 15;

/**
 * Takes part in an election by a Lease until aborted, and leads whenever it holds it. It never leads longer than it can
 * know that nobody else does: where the claim cannot be renewed, `whileLeading` is told to end before others may take over.
 *
 * @param whileLeading runs as long as this replica leads; its signal ends it, and the claim is given back only afterwards
 */
export async function lead(options: ElectionOptions, whileLeading: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const { lease, identity, leaseMs, log, signal, now = () => performance.now(), pause = pauseFor } = options;
  const retryMs = leaseMs * RETRY_SHARE;
  let seen: LeaseRecord | undefined;
  let seenAt = 0;

  async function claim(): Promise<boolean> {
    const found = await lease.read(signal);
    if (found?.resourceVersion !== seen?.resourceVersion || seen === undefined) [seen, seenAt] = [found, now()];
    const free = found === undefined || found.holder === "" || found.holder === identity || now() - seenAt > found.durationMs;
    if (!free) return false;
    const transitions = (found?.transitions ?? -1) + (found?.holder === identity ? 0 : 1);
    return lease.write({ holder: identity, durationMs: leaseMs, transitions, acquired: true }, found, signal);
  }

  /** True where the claim holds on; false where another replica has it. */
  async function renew(): Promise<boolean> {
    const found = await lease.read(signal);
    if (found?.holder !== identity) return false;
    return lease.write({ holder: identity, durationMs: leaseMs, transitions: found.transitions, acquired: false }, found, signal);
  }

  async function leadUntilLost(claimedAt: number): Promise<void> {
    const leading = new AbortController();
    const work = whileLeading(leading.signal);
    let renewedAt = claimedAt;
    while (!signal.aborted && now() - renewedAt < leaseMs * GIVE_UP_SHARE) {
      await pause(retryMs, signal);
      const triedAt = now();
      const renewed = await renew().catch((error: unknown) => {
        if (!signal.aborted) log("warn", "the Lease cannot be renewed", { reason: reasonOf(error) });
        return undefined;
      });
      if (renewed === true) renewedAt = triedAt;
      if (renewed === false) break;
    }
    leading.abort();
    await work;
  }

  while (!signal.aborted) {
    const triedAt = now();
    const claimed = await claim().catch((error: unknown) => {
      if (!signal.aborted) log("warn", "the Lease cannot be had", { reason: reasonOf(error) });
      return false;
    });
    if (claimed) {
      log("info", "leading", { identity });
      await leadUntilLost(triedAt);
      log("info", "no longer leading", { identity });
      seen = undefined;
    }
    await pause(retryMs, signal);
  }
  await release(options);
  lease.close();
}

/** Gives the claim back, so that nobody has to wait for its end. */
async function release({ lease, identity, log }: ElectionOptions): Promise<void> {
  const signal = new AbortController().signal;
  try {
    const found = await lease.read(signal);
    if (found?.holder !== identity) return;
    await lease.write({ holder: "", durationMs: 1_000, transitions: found.transitions, acquired: false }, found, signal);
  } catch (error) {
    log("warn", "the Lease cannot be given back", { reason: reasonOf(error) });
  }
}
