/** One figure of the bench: a cost against a peer that ran beside it. */
export interface Ratio {
  readonly name: string;
  readonly ratio: number;
  /** Absent where there is none to be met. */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
  /** Both sides in their own unit, for people. */
  readonly detail: string;
}

/** A figure that could not be taken here. */
export interface NotTaken {
  readonly name: string;
  /** What is missing, and how to get it. */
  readonly because: string;
}

/**
 * Runs two costs in turn, A B A B …, after one warm-up of each, and gives the median of each. What drifts (a busy
 * machine, a warmer cache) meets both alike.
 */
export async function inTurn(
  rounds: number,
  a: () => number | Promise<number>,
  b: () => number | Promise<number>,
): Promise<[number, number]> {
  const costs: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const first = await a();
    const second = await b();
    if (round > 0) {
      costs[0].push(first);
      costs[1].push(second);
    }
  }
  return [median(costs[0]), median(costs[1])];
}

/** Milliseconds that a function takes, garbage of earlier work collected first. */
export function timed(work: () => void): number {
  globalThis.gc?.();
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The same for asynchronous work. */
export async function timedAsync(work: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)] ?? Number.NaN;
}
