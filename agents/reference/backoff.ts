import { setTimeout as sleep } from "node:timers/promises";

/** Growing waits between tries, with jitter so that many agents do not come back at once. */
export interface Backoff {
  /** Milliseconds to wait now. */
  next(): number;
  /** After a success: the next wait is short again. */
  reset(): void;
}

/** Doubles from `firstMs` to `mostMs`; each wait is 50 to 100 % of that. */
export function createBackoff(firstMs: number, mostMs: number): Backoff {
  let step = firstMs;
  return {
    next() {
      const wait = step * (0.5 + Math.random() / 2);
      step = Math.min(mostMs, step * 2);
      return wait;
    },
    reset() {
      step = firstMs;
    },
  };
}

/** Waits; resolves early, without throwing, when aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
