import { argv } from "node:process";
import { createTurns } from "../runner/index.ts";
import { runSubject, type SubjectRun } from "./run-subject.ts";
import type { SubjectOutcome } from "./types.ts";

/** What a worker is told: a run to be made, or the reason why all are to end. */
export type ToWorker = { readonly number: number; readonly run: SubjectRun } | { readonly abort: string };

/** What a worker answers to a run. An error goes by its text, since errors of libraries may not survive the way. */
export type FromWorker =
  | { readonly number: number; readonly outcome: SubjectOutcome }
  | { readonly number: number; readonly error: string };

if (process.send !== undefined) serve(Number(argv[2]));

/** Makes the runs that it is told, side by side: as many scenarios at a time as there are places. Ends with its parent. */
function serve(places: number): void {
  const turns = createTurns(places);
  const controller = new AbortController();
  const answer = (message: FromWorker) => void process.send?.(message);
  // The parent ends runs in an orderly way; a signal of the terminal reaches the whole group.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
  process.on("disconnect", () => process.exit());
  process.on("message", (told: ToWorker) => {
    if ("abort" in told) return controller.abort(new Error(told.abort));
    const { number, run } = told;
    void runSubject(run, { turns, signal: controller.signal }).then(
      (outcome) => answer({ number, outcome }),
      (error: unknown) => answer({ number, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}
