/** How often the event loop is looked at, and from which delay on it counts as having stood still; milliseconds. */
const LOOK_MS = 100;
const STILL_MS = 100;

/**
 * Notices when the harness's own event loop stands still: work that blocks it, or a machine that gives it no time. What
 * arrives then is stamped late, which is no fault of the agent.
 *
 * @param clock milliseconds, the transcript's
 * @param onStall told afterwards, with how long it stood still
 */
export function watchStalls(clock: () => number, onStall: (ms: number) => void): Disposable {
  let due = clock() + LOOK_MS;
  const timer = setInterval(() => {
    const now = clock();
    const late = now - due;
    due = now + LOOK_MS;
    if (late >= STILL_MS) onStall(Math.round(late * 1000) / 1000);
  }, LOOK_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
