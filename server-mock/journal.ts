import type { SyncRequest } from "../proto/index.ts";
import type { Decision } from "./contract/index.ts";
import type { Outcome } from "./grpc/adapter.ts";
import type { ExplainedFinding } from "./ingest/index.ts";
import type { SyncNote } from "./sync-handler.ts";

/** One call in the journal. 64-bit numbers are decimal strings; an absent field is a missing key. */
export interface JournalRecord {
  /** Position in the journal, from 1, without gaps. */
  readonly id: number;
  readonly call: number;
  /** ISO 8601, real time at which the call ended. */
  readonly time: string;
  readonly path: string;
  readonly peer: string;
  /** Absent where the request was no KubernetesAPISync, or could not be read. */
  readonly request?: JournalRequest;
  readonly answer: JournalAnswer;
  /** What ingest found in the entries; the first ones, if there are very many. */
  readonly findings: readonly ExplainedFinding[];
  /** How many findings were left out. */
  readonly findingsOmitted: number;
  /** `pending`: the entries are still being read; `skipped`: too much came at once. */
  readonly examination: "done" | "pending" | "skipped";
}

/** What the journal tells of a request. */
export interface JournalRequest {
  readonly clusterId?: string;
  readonly version?: string;
  readonly errorMsg?: string;
  readonly agentId?: number;
  readonly sourceIp?: string;
  readonly teamId?: string;
  readonly entryCount: number;
  readonly byteLength: number;
}

/** What the journal tells of its answer. */
export interface JournalAnswer {
  /** gRPC status code. */
  readonly code: number;
  readonly details?: string;
  readonly version?: string;
  /** Row of protocol.md 2.2 that decided. */
  readonly row?: string;
  /** Rows that applied on the way. */
  readonly passed?: readonly string[];
  readonly stored?: Decision["stored"];
  /** The fault that was fired at the call. */
  readonly fault?: string;
}

/** A page of the journal. */
export interface JournalPage {
  readonly records: readonly JournalRecord[];
  /** Records that fell out of the journal since the server started. */
  readonly dropped: number;
}

/** What is known of a call when it ended. Kept as it is and told as a JournalRecord when somebody asks: calls are many. */
export interface EndedCall {
  readonly call: number;
  readonly timeMs: number;
  readonly path: string;
  readonly peer: string;
  readonly byteLength: number;
  /** The request without its entries, whose bytes nobody must hold for the journal's sake. */
  readonly request: SyncRequest | undefined;
  readonly entryCount: number;
  readonly note: Omit<SyncNote, "request"> | undefined;
  readonly outcome: Outcome;
  /** Absent where there are no entries. */
  readonly examination: Examination | undefined;
}

/** Findings as they come in. */
export interface Examination {
  findings: readonly ExplainedFinding[];
  omitted: number;
  state: "done" | "pending" | "skipped";
}

/** The last calls, oldest out. */
export interface Journal {
  /** Returns the id of the record. */
  append(call: EndedCall): number;
  /** @param filter.after only records with a greater id */
  read(filter?: { readonly cluster?: string; readonly after?: number }): JournalPage;
}

/** @param limit how many records are kept */
export function createJournal(limit: number): Journal {
  const ring: EndedCall[] = [];
  let appended = 0;

  return {
    append(call) {
      ring[appended % limit] = call;
      appended += 1;
      return appended;
    },
    read({ cluster, after = 0 } = {}) {
      const dropped = Math.max(0, appended - limit);
      const records: JournalRecord[] = [];
      for (let id = Math.max(dropped, after) + 1; id <= appended; id++) {
        const call = ring[(id - 1) % limit];
        if (call && (cluster === undefined || call.request?.clusterId === cluster)) records.push(journalRecord(id, call));
      }
      return { records, dropped };
    },
  };
}

const SHOWN_CHARACTERS = 1_024;

/** Tells an ended call; long texts are cut. */
export function journalRecord(id: number, ended: EndedCall): JournalRecord {
  const { examination } = ended;
  return {
    id,
    call: ended.call,
    time: new Date(ended.timeMs).toISOString(),
    path: cut(ended.path),
    peer: ended.peer,
    ...(ended.request && { request: journalRequest(ended.request, ended) }),
    answer: journalAnswer(ended),
    findings: examination?.findings ?? [],
    findingsOmitted: examination?.omitted ?? 0,
    examination: examination?.state ?? "done",
  };
}

function journalRequest(request: SyncRequest, { entryCount, byteLength }: EndedCall): JournalRequest {
  const { version, clusterId, errorMsg, sourceIp, teamId, agentId } = request;
  return {
    ...(clusterId !== undefined && { clusterId: cut(clusterId) }),
    ...(version !== undefined && { version: version.toString() }),
    ...(errorMsg !== undefined && { errorMsg: cut(errorMsg) }),
    ...(agentId !== undefined && { agentId }),
    ...(sourceIp !== undefined && { sourceIp: cut(sourceIp) }),
    ...(teamId !== undefined && { teamId: cut(teamId) }),
    entryCount,
    byteLength,
  };
}

function journalAnswer({ note, outcome }: EndedCall): JournalAnswer {
  const decision = note?.decision;
  return {
    code: outcome.code,
    ...(outcome.details !== undefined && { details: cut(outcome.details) }),
    ...(outcome.code === 0 && note?.version !== undefined && { version: note.version.toString() }),
    ...(decision && { row: decision.row, passed: decision.passed, stored: decision.stored }),
    ...(note?.fault && { fault: note.fault }),
  };
}

function cut(text: string): string {
  return text.length > SHOWN_CHARACTERS ? text.slice(0, SHOWN_CHARACTERS) : text;
}
