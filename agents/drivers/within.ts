/** As long as this process may stand still without a limit being any nearer; milliseconds. */
const SLICE_MS = 250;

/**
 * A limit on the time in which this process could run: where it stands still, what was told to it meanwhile is read before
 * the limit is over. Disposing calls it off.
 */
export function startTimeLimit(milliseconds: number, onOver: () => void): Disposable {
  let left = milliseconds;
  let timer: NodeJS.Timeout;
  const goOn = () => {
    const slice = Math.min(left, SLICE_MS);
    left -= slice;
    timer = setTimeout(() => (left > 0 ? goOn() : onOver()), slice);
  };
  goOn();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

/** True where the promise resolved before the time was over. */
export async function within(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let over = () => {};
  const timeUp = new Promise<boolean>((resolve) => (over = () => resolve(false)));
  using _limit = startTimeLimit(milliseconds, over);
  return await Promise.race([promise.then(() => true), timeUp]);
}
