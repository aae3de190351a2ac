import type { SyncRequest } from "../proto/index.ts";
import type { Decision } from "./contract/index.ts";
import type { ExplainedFinding } from "./ingest/index.ts";

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
  findings: readonly ExplainedFinding[];
  /** How many findings were left out. */
  findingsOmitted: number;
  /** `pending`: the entries are still being read; `skipped`: too much came at once. */
  examination: "done" | "pending" | "skipped";
}

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

/** The last calls, oldest out. */
export interface Journal {
  append(record: Omit<JournalRecord, "id">): JournalRecord;
  /** @param filter.after only records with a greater id */
  read(filter?: { readonly cluster?: string; readonly after?: number }): JournalPage;
}

/** @param limit how many records are kept */
export function createJournal(limit: number): Journal {
  const ring: (JournalRecord | undefined)[] = [];
  let appended = 0;

  return {
    append(record) {
      appended += 1;
      const kept: JournalRecord = { id: appended, ...record };
      ring[(appended - 1) % limit] = kept;
      return kept;
    },
    read({ cluster, after = 0 } = {}) {
      const dropped = Math.max(0, appended - limit);
      const records: JournalRecord[] = [];
      for (let id = Math.max(dropped, after) + 1; id <= appended; id++) {
        const record = ring[(id - 1) % limit];
        if (record && (cluster === undefined || record.request?.clusterId === cluster)) records.push(record);
      }
      return { records, dropped };
    },
  };
}

const SHOWN_CHARACTERS = 1_024;

/** A request as the journal shows it: long texts are cut. */
export function journalRequest(request: SyncRequest, byteLength: number): JournalRequest {
  const { entries, version, clusterId, errorMsg, sourceIp, teamId, agentId } = request;
  return {
    ...(clusterId !== undefined && { clusterId: clusterId.slice(0, SHOWN_CHARACTERS) }),
    ...(version !== undefined && { version: version.toString() }),
    ...(errorMsg !== undefined && { errorMsg: errorMsg.slice(0, SHOWN_CHARACTERS) }),
    ...(agentId !== undefined && { agentId }),
    ...(sourceIp !== undefined && { sourceIp: sourceIp.slice(0, SHOWN_CHARACTERS) }),
    ...(teamId !== undefined && { teamId: teamId.slice(0, SHOWN_CHARACTERS) }),
    entryCount: entries.length,
    byteLength,
  };
}
