import type { Target } from "./contract/index.ts";
import { type EntryReader, explainFindings } from "./ingest/index.ts";
import type { Examination } from "./journal.ts";

/** Reads the entries of ended calls in the background, in slices, so that calls are answered meanwhile. */
export interface Examiner {
  /** Reads these entries of a request of so many bytes, puts what is found into the examination, and then calls `onDone`. */
  examine(examination: Examination, entries: readonly Uint8Array[], byteLength: number, onDone: () => void): void;
  /** Resolves when nothing is left to be read. */
  settled(): Promise<void>;
  /** Gives up what is left. */
  stop(): void;
}

interface Task {
  readonly examination: Examination;
  readonly entries: readonly Uint8Array[];
  readonly byteLength: number;
  readonly onDone: () => void;
  next: number;
}

const SLICE_MS = 8;
/** Every waiting task holds its whole request in memory. */
const MAX_WAITING = 16;
const MAX_WAITING_BYTES = 256 * 1024 * 1024;
const MAX_FINDINGS = 200;

/** Makes the examiner of one mock. */
export function createExaminer(target: Target, reader: EntryReader): Examiner {
  const tasks: Task[] = [];
  let waitingBytes = 0;
  let scheduled: NodeJS.Immediate | undefined;
  let waiting: (() => void)[] = [];

  function work(): void {
    scheduled = undefined;
    const until = performance.now() + SLICE_MS;
    while (tasks[0] && performance.now() < until) {
      step(tasks[0]);
      if (tasks[0].next >= tasks[0].entries.length) finish("done");
    }
    schedule();
  }

  function step(task: Task): void {
    const bytes = task.entries[task.next];
    if (bytes) {
      const { examination } = task;
      const found = explainFindings(target, task.next, reader.read(bytes));
      const kept = found.slice(0, MAX_FINDINGS - examination.findings.length);
      if (kept.length > 0) examination.findings = [...examination.findings, ...kept];
      examination.omitted += found.length - kept.length;
    }
    task.next += 1;
  }

  function finish(state: "done" | "skipped"): void {
    const task = tasks.shift();
    if (!task) return;
    waitingBytes -= task.byteLength;
    task.examination.state = state;
    task.onDone();
  }

  function schedule(): void {
    if (tasks.length > 0) scheduled ??= setImmediate(work);
    else {
      const settled = waiting;
      waiting = [];
      for (const resolve of settled) resolve();
    }
  }

  return {
    examine(examination, entries, byteLength, onDone) {
      tasks.push({ examination, entries, byteLength, onDone, next: 0 });
      waitingBytes += byteLength;
      while (tasks.length > 1 && (tasks.length > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES)) finish("skipped");
      schedule();
    },
    settled: () => (tasks.length === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve))),
    stop() {
      if (scheduled) clearImmediate(scheduled);
      scheduled = undefined;
      while (tasks.length > 0) finish("skipped");
      schedule();
    },
  };
}
