import type { Recorder } from "../transcript/index.ts";
import type { RpcAnswer, RpcRequest } from "./events.ts";
import type { Examiner } from "./examiner.ts";
import type { CallContext, CallObserver, Outcome } from "./grpc/adapter.ts";
import { CODES } from "./grpc/status.ts";
import { type EndedCall, type Journal, type JournalRecord, journalRecord } from "./journal.ts";
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
  readonly onJournal: ((record: JournalRecord) => void) | undefined;
}): CallObserver<SyncNote> {
  const { recorder, journal, examiner, statistics } = parts;

  function write(to: Journal, context: CallContext<SyncNote>, outcome: Outcome): void {
    const { note } = context;
    const entries = note?.request.entries ?? [];
    const ended: EndedCall = {
      call: context.call,
      timeMs: Date.now(),
      path: context.path,
      peer: context.peer,
      byteLength: context.byteLength,
      request: note && entries.length > 0 ? { ...note.request, entries: [] } : note?.request,
      entryCount: entries.length,
      note: note && withoutRequest(note),
      outcome,
      examination: entries.length > 0 ? { findings: [], omitted: 0, state: "pending" } : undefined,
    };
    const id = to.append(ended);
    const { examination } = ended;
    if (examination) examiner.examine(examination, entries, ended.byteLength, () => tell(id, ended));
    else if (parts.onJournal) tell(id, ended);
  }

  function tell(id: number, ended: EndedCall): void {
    for (const finding of ended.examination?.findings ?? []) count(statistics.findings, finding.code);
    parts.onJournal?.(journalRecord(id, ended));
  }

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
      if (recorder) recorder.record<RpcAnswer>(answerEvent(context, outcome, context.byteLength > parts.maxMessageBytes));
      if (journal) write(journal, context, outcome);
    },
    failed(context, error) {
      // A fault of the mock, not of the client: the client has UNKNOWN, and whoever runs the mock has this.
      const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.emitWarning(`the handler of ${context.path} failed (status ${CODES.unknown}): ${problem}`);
    },
  };
}

function withoutRequest({ request: _request, ...rest }: SyncNote): Omit<SyncNote, "request"> {
  return rest;
}

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
