/** What ends a story early: the end of the run, or the loss of its cluster. Disposing lets go of both. */
export interface EndOfStory extends Disposable {
  /** Its reason is the run's, or what happened to the cluster. */
  readonly signal: AbortSignal;
}

/** @param lost resolves when the cluster can no longer be relied upon */
export function endOfStory(run: AbortSignal, lost: Promise<Error> | undefined): EndOfStory {
  const ending = new AbortController();
  const end = () => ending.abort(run.reason);
  if (run.aborted) end();
  run.addEventListener("abort", end, { once: true });
  void lost?.then((error) => ending.abort(error));
  return { signal: ending.signal, [Symbol.dispose]: () => run.removeEventListener("abort", end) };
}
