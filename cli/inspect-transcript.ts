import { createHistoryReader, type SyncCall } from "../suites/history/index.ts";
import { readTranscriptFile, TranscriptError } from "../transcript/index.ts";
import type { InspectedSource } from "./inspect-source.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The last accepted snapshot of a transcript; where nobody recorded what was accepted, the last request with entries.
 *
 * @throws UsageError where there is none, or the transcript cannot be read
 */
export function readTranscriptSnapshot(path: string): InspectedSource {
  try {
    const reader = createHistoryReader();
    const tenants = new Set<string>();
    for (const line of readTranscriptFile(path)) {
      reader.push(line);
      if (line.tenant !== "") tenants.add(line.tenant);
    }
    const calls = [...tenants].flatMap((tenant) =>
      (reader.scenario(tenant)?.calls ?? [])
        .filter(({ entriesHash }) => entriesHash !== undefined)
        .map((call) => ({ tenant, call })),
    );
    const last = latest(calls.filter(({ call }) => call.accepted)) ?? latest(calls);
    if (!last) throw new UsageError(`${path}: no request in this transcript has entries, so there is no snapshot to inspect`);
    const { call, tenant } = last;
    const { entries, errorMsg = "", clusterId = "" } = call;
    const accepted = call.accepted ? "last accepted snapshot" : "last request with entries (none was accepted)";
    const what = `${path}, line ${call.seq} (${tenant}, cluster ${JSON.stringify(clusterId)}): the ${accepted}`;
    return { what, entries, errorMsg, notes: [] };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof TranscriptError) throw new UsageError(`${path}: ${error.message}`, { cause: error });
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function latest<T extends { readonly call: SyncCall }>(calls: readonly T[]): T | undefined {
  return calls.reduce<T | undefined>(
    (best, candidate) => (best && best.call.seq > candidate.call.seq ? best : candidate),
    undefined,
  );
}
