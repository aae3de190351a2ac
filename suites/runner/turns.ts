/** A number of places that several runs share. */
export interface Turns {
  /** Waits for a place, in the order of asking, and gives it back when the work has ended. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** @param places how much may be under way at a time, at least 1 */
export function createTurns(places: number): Turns {
  const waiting: (() => void)[] = [];
  let free = places;

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return {
    async take(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
