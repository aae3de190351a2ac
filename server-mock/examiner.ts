import type { Target } from "./contract/index.ts";
import { type createEntryReader, explainFindings } from "./ingest/index.ts";
import type { JournalRecord } from "./journal.ts";

/** Reads the entries of journal records in the background, in slices, so that calls are answered meanwhile. */
export interface Examiner {
  /** Reads these entries and puts what is found into the record. */
  examine(record: JournalRecord, entries: readonly Uint8Array[]): void;
  /** Resolves when nothing is left to be read. */
  settled(): Promise<void>;
  /** Gives up what is left. */
  stop(): void;
}

interface Task {
  readonly record: JournalRecord;
  readonly entries: readonly Uint8Array[];
  next: number;
}

const SLICE_MS = 8;
/** Every waiting task holds its whole request in memory. */
const MAX_WAITING = 16;
const MAX_FINDINGS = 200;

/** @param onExamined hears of each record when its entries were read */
export function createExaminer(
  target: Target,
  reader: ReturnType<typeof createEntryReader>,
  onExamined: (record: JournalRecord) => void,
): Examiner {
  const tasks: Task[] = [];
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
      const found = explainFindings(target, task.next, reader.read(bytes));
      const room = MAX_FINDINGS - task.record.findings.length;
      if (found.length > 0) task.record.findings = [...task.record.findings, ...found.slice(0, room)];
      task.record.findingsOmitted += Math.max(0, found.length - room);
    }
    task.next += 1;
  }

  function finish(examination: "done" | "skipped"): void {
    const task = tasks.shift();
    if (!task) return;
    task.record.examination = examination;
    onExamined(task.record);
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
    examine(record, entries) {
      tasks.push({ record, entries, next: 0 });
      if (tasks.length > MAX_WAITING) finish("skipped");
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
