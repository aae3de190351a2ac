import { Worker } from "node:worker_threads";
import type { SubjectRun } from "./run-subject.ts";
import type { FromThread, ThreadSettings, ToThread } from "./thread.ts";
import type { SubjectOutcome } from "./types.ts";

/** Threads among which runs are shared out: work of one run holds up few others. */
export interface Threads extends AsyncDisposable {
  /** Has the thread that has least to do make a run. @throws what the run failed at */
  run(run: SubjectRun): Promise<SubjectOutcome>;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<
    number,
    { readonly resolve: (outcome: SubjectOutcome) => void; readonly reject: (error: unknown) => void }
  >;
}

/** @param places scenarios side by side, over all threads; @param signal ends all runs in an orderly way */
export function startThreads(count: number, places: number, signal: AbortSignal): Threads {
  const threads = Array.from({ length: count }, () => startThread({ places: Math.ceil(places / count) }));
  const abort = () => {
    const reason = signal.reason instanceof Error ? signal.reason.message : String(signal.reason);
    for (const { worker } of threads) worker.postMessage({ abort: reason } satisfies ToThread);
  };
  signal.addEventListener("abort", abort, { once: true });
  let number = 0;
  return {
    run(run) {
      const [idlest] = threads.toSorted((a, b) => a.pending.size - b.pending.size);
      if (idlest === undefined) throw new Error("there are no threads");
      number += 1;
      return new Promise((resolve, reject) => {
        idlest.pending.set(number, { resolve, reject });
        idlest.worker.postMessage({ number, run } satisfies ToThread);
      });
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", abort);
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function startThread(workerData: ThreadSettings): Thread {
  const fromSource = import.meta.url.endsWith(".ts");
  const url = new URL(fromSource ? "./thread.ts" : "./thread.js", import.meta.url);
  const worker = new Worker(url, { workerData, ...(fromSource && { execArgv: ["--import", import.meta.resolve("tsx")] }) });
  const pending: Thread["pending"] = new Map();
  const failAll = (error: unknown) => {
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  worker.on("message", (answer: FromThread) => {
    const waiting = pending.get(answer.number);
    pending.delete(answer.number);
    if ("outcome" in answer) waiting?.resolve(answer.outcome);
    else waiting?.reject(answer.error);
  });
  worker.on("error", failAll);
  worker.on("exit", (code) => failAll(new Error(`a thread of the self-test ended with ${code}`)));
  return { worker, pending };
}
