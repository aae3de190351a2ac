import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { SubjectRun } from "./run-subject.ts";
import type { FromWorker, ToWorker } from "./worker.ts";
import type { SubjectOutcome } from "./types.ts";

/** Workers among which runs are shared out: work of one run holds up few others. */
export interface Workers extends AsyncDisposable {
  /** Has the worker that has least to do make a run. @throws what the run failed at */
  run(run: SubjectRun): Promise<SubjectOutcome>;
}

interface Worker {
  readonly child: ChildProcess;
  readonly pending: Map<
    number,
    { readonly resolve: (outcome: SubjectOutcome) => void; readonly reject: (error: unknown) => void }
  >;
}

/** @param places scenarios side by side, over all workers; @param signal ends all runs in an orderly way */
export function startWorkers(count: number, places: number, signal: AbortSignal): Workers {
  const workers = Array.from({ length: count }, () => startWorker(Math.ceil(places / count)));
  const abort = () => {
    const reason = signal.reason instanceof Error ? signal.reason.message : String(signal.reason);
    for (const { child } of workers) child.send({ abort: reason } satisfies ToWorker);
  };
  signal.addEventListener("abort", abort, { once: true });
  let number = 0;
  return {
    run(run) {
      const [idlest] = workers.toSorted((a, b) => a.pending.size - b.pending.size);
      if (idlest === undefined) throw new Error("there are no workers");
      number += 1;
      return new Promise((resolve, reject) => {
        idlest.pending.set(number, { resolve, reject });
        idlest.child.send({ number, run } satisfies ToWorker);
      });
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", abort);
      await Promise.all(workers.map(({ child }) => ended(child)));
    },
  };
}

/** Leaves by itself once it is let go. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.disconnect();
  await exited;
}

function startWorker(places: number): Worker {
  const fromSource = import.meta.url.endsWith(".ts");
  const path = fileURLToPath(new URL(fromSource ? "./worker.ts" : "./worker.js", import.meta.url));
  const execArgv = fromSource ? ["--import", import.meta.resolve("tsx")] : [];
  const child = fork(path, [String(places)], { serialization: "advanced", execArgv });
  const pending: Worker["pending"] = new Map();
  const failAll = (error: unknown) => {
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  child.on("message", (message) => {
    const answer = message as FromWorker;
    const waiting = pending.get(answer.number);
    pending.delete(answer.number);
    if ("outcome" in answer) waiting?.resolve(answer.outcome);
    else waiting?.reject(new Error(answer.error));
  });
  child.on("error", failAll);
  child.on("exit", (code) => failAll(new Error(`a worker of the self-test ended with ${code}`)));
  return { child, pending };
}
