import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { createTurns } from "../runner/index.ts";
import { runSubject, type SubjectRun } from "./run-subject.ts";
import type { SubjectOutcome } from "./types.ts";

/** What a thread is told: a run to be made, or the reason why all are to end. */
export type ToThread = { readonly number: number; readonly run: SubjectRun } | { readonly abort: string };

/** What a thread answers to a run. */
export type FromThread =
  | { readonly number: number; readonly outcome: SubjectOutcome }
  | { readonly number: number; readonly error: unknown };

/** What a thread is started with. */
export interface ThreadSettings {
  /** Scenarios side by side in this thread. */
  readonly places: number;
}

if (!isMainThread && parentPort !== null) serve(parentPort, workerData as ThreadSettings);

/** Makes the runs that it is told, side by side. */
function serve(port: NonNullable<typeof parentPort>, { places }: ThreadSettings): void {
  const turns = createTurns(places);
  const controller = new AbortController();
  const answer = (message: FromThread) => port.postMessage(message);
  port.on("message", (told: ToThread) => {
    if ("abort" in told) return controller.abort(new Error(told.abort));
    const { number, run } = told;
    void runSubject(run, { turns, signal: controller.signal }).then(
      (outcome) => answer({ number, outcome }),
      (error: unknown) => answer({ number, error }),
    );
  });
}
