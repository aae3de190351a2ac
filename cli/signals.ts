import { EXIT } from "./exit-codes.ts";

/** Ctrl-C and SIGTERM for the time of a run. */
export interface CaughtSignals extends Disposable {
  /** Aborted by the first one; the reason's message is the signal's name. */
  readonly signal: AbortSignal;
}

/** npm and npx send the signal of the terminal on, so that one Ctrl-C arrives twice. */
const SAME_KEYSTROKE_MS = 1_000;

/**
 * The first signal asks for an orderly end, a second one ends the process at once. What a process guards against its own
 * end (the agents' process groups) is ended by its exit hooks in both cases.
 */
export function catchSignals(print: (text: string) => void): CaughtSignals {
  const controller = new AbortController();
  let firstAt = 0;
  const onSignal = (name: NodeJS.Signals) => {
    if (!controller.signal.aborted) {
      firstAt = performance.now();
      print(`\n${name}: stopping the agents, then judging what was seen; once more to leave at once\n`);
      controller.abort(new Error(name));
    } else if (performance.now() - firstAt >= SAME_KEYSTROKE_MS) {
      process.exit(EXIT.interrupted);
    }
  };
  const names: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM"];
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
