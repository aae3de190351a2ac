import type { Recorder } from "../transcript/index.ts";
import type { RpcAnswer, RpcRequest } from "./events.ts";
import type { Examiner } from "./examiner.ts";
import type { CallContext, CallObserver, Outcome } from "./grpc/adapter.ts";
import type { Journal, JournalAnswer } from "./journal.ts";
import { journalRequest } from "./journal.ts";
import { recordFrame } from "./recording.ts";
import { count, countCall, type Statistics } from "./statistics.ts";
import type { SyncNote } from "./sync-handler.ts";

/** Puts every call into the transcript, the journal and the counters, as far as each is there. */
export function createObserver(parts: {
  readonly recorder: Recorder | undefined;
  readonly journal: Journal | undefined;
  readonly examiner: Examiner;
  readonly statistics: Statistics;
  readonly maxMessageBytes: number;
  /** Hears of journal records that need no reading. */
  readonly onJournal: (record: ReturnType<Journal["append"]>) => void;
}): CallObserver<SyncNote> {
  const { recorder, journal, examiner, statistics } = parts;

  return {
    arrived(context, frame) {
      statistics.receivedBytes += frame.length;
      if (!recorder || frame.length > parts.maxMessageBytes) return;
      const { call, path, peer } = context;
      recorder.record<RpcRequest>({ side: "rpc", kind: "request", call, path, peer, frame: recordFrame(recorder, frame) });
    },
    ended(context, outcome) {
      countCall(statistics, context.path, outcome.code);
      if (context.note?.decision) count(statistics.rows, context.note.decision.row);
      const refusedUnread = outcome.code === TOO_LARGE && context.note === undefined;
      if (recorder) recorder.record<RpcAnswer>(answerEvent(context, outcome, refusedUnread));
      if (!journal) return;
      const entries = context.note?.request.entries ?? [];
      const record = journal.append({
        call: context.call,
        time: new Date().toISOString(),
        path: context.path,
        peer: context.peer,
        ...(context.note && { request: journalRequest(context.note.request, context.byteLength) }),
        answer: journalAnswer(context.note, outcome),
        findings: [],
        findingsOmitted: 0,
        examination: entries.length === 0 ? "done" : "pending",
      });
      if (entries.length > 0) examiner.examine(record, entries);
      else parts.onJournal(record);
    },
    failed(context, error) {
      // A fault of the mock, not of the client: the client has UNKNOWN, and whoever runs the mock has this.
      process.emitWarning(
        `the handler of ${context.path} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    },
  };
}

const TOO_LARGE = 8;

function answerEvent(context: CallContext<SyncNote>, outcome: Outcome, refusedUnread: boolean): RpcAnswer {
  const decision = context.note?.decision;
  return {
    side: "rpc",
    kind: "answer",
    call: context.call,
    code: outcome.code,
    ...(outcome.details !== undefined && { details: outcome.details }),
    ...(outcome.bytes && { base64: outcome.bytes.toString("base64") }),
    ...(refusedUnread && { path: context.path, peer: context.peer }),
    ...(decision && { row: decision.row, stored: decision.stored }),
  };
}

function journalAnswer(note: SyncNote | undefined, outcome: Outcome): JournalAnswer {
  const decision = note?.decision;
  return {
    code: outcome.code,
    ...(outcome.details !== undefined && { details: outcome.details }),
    ...(outcome.code === 0 && note?.version !== undefined && { version: note.version.toString() }),
    ...(decision && { row: decision.row, passed: decision.passed, stored: decision.stored }),
    ...(note?.fault && { fault: note.fault }),
  };
}
