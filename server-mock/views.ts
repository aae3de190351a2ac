import { inflateSync } from "node:zlib";
import { type ApiInfo, decodeApiInfo } from "../proto/index.ts";
import { writersTrouble } from "./contract/index.ts";
import type { AgentSeen, HeldCluster } from "./clusters.ts";
import { MockServerError } from "./errors.ts";
import type { EntryReader, JsonObject } from "./ingest/index.ts";

/** A cluster as the control API shows it. 64-bit numbers are decimal strings; what the target does not hold is missing. */
export interface ClusterView {
  readonly clusterId: string;
  /** Version table: what a heartbeat is compared with. */
  readonly heldVersion?: string;
  /** Store: version, time (ISO 8601, on the mock's clock) and error_msg of the record; absent where there is none. */
  readonly record?: { readonly version: string; readonly epoch: string; readonly errorMsg: string };
  readonly entryCount: number;
  /** Entries of the stored snapshot by type name. */
  readonly counts: Readonly<Record<string, number>>;
  readonly agents: readonly AgentSeen[];
  /** Senders that overwrite each other's snapshots, with the way to mend it; absent where there is one. */
  readonly trouble?: string;
}

/** What one answer of the mock may inflate to. */
const MAX_INFLATED_BYTES = 256 * 1024 * 1024;
const MAX_ENTRY_BYTES = 64 * 1024 * 1024;

/** The view of a cluster as it is held now. */
export function clusterView({ clusterId, state, entries, agents, writers }: HeldCluster): ClusterView {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const type = decodeApiInfo(entry).type ?? "";
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const { heldVersion, record } = state;
  const trouble = writers && writersTrouble(writers);
  return {
    clusterId,
    ...(heldVersion !== undefined && { heldVersion: heldVersion.toString() }),
    ...(record && {
      record: { version: record.version.toString(), epoch: new Date(record.epochMs).toISOString(), errorMsg: record.errorMsg },
    }),
    entryCount: entries.length,
    counts: Object.fromEntries(counts),
    agents,
    ...(trouble !== undefined && { trouble }),
  };
}

/** The objects of the stored snapshot, read as tolerantly as ingest reads. @throws MockServerError `too-large` */
export function objectsOf(held: HeldCluster, type: string | undefined, reader: EntryReader): readonly JsonObject[] {
  const budget = inflationBudget();
  return ofType(held, type).flatMap(({ entry }) => {
    const reading = reader.read(entry);
    budget.spend(reading.inflatedBytes);
    return reading.objects;
  });
}

/**
 * As the debug route of a real server (protocol.md 2.9): type name → the inflated texts, one per entry. Entries that
 * do not inflate are left out. @throws MockServerError `too-large`
 */
export function kubernetesInfo(held: HeldCluster, type?: string): Readonly<Record<string, readonly string[]>> {
  const budget = inflationBudget();
  const texts = new Map<string, string[]>();
  for (const { info } of ofType(held, type)) {
    const text = inflate(info.compressedInfo);
    if (text === undefined) continue;
    budget.spend(text.length);
    const list = texts.get(info.type ?? "") ?? [];
    list.push(text);
    texts.set(info.type ?? "", list);
  }
  return Object.fromEntries(texts);
}

function ofType(held: HeldCluster, type: string | undefined): { readonly entry: Uint8Array; readonly info: ApiInfo }[] {
  const decoded = held.entries.map((entry) => ({ entry, info: decodeApiInfo(entry) }));
  return type === undefined ? decoded : decoded.filter(({ info }) => (info.type ?? "") === type);
}

function inflate(compressed: Uint8Array | undefined): string | undefined {
  try {
    return compressed && inflateSync(compressed, { maxOutputLength: MAX_ENTRY_BYTES }).toString("utf8");
  } catch {
    return undefined;
  }
}

/** A count of inflated bytes that ends an answer which would be too large. */
export function inflationBudget(): { spend(bytes: number): void } {
  let left = MAX_INFLATED_BYTES;
  return {
    spend(bytes) {
      left -= bytes;
      if (left >= 0) return;
      throw new MockServerError(
        "too-large",
        `these objects inflate to more than ${MAX_INFLATED_BYTES} bytes; ask for one type alone`,
      );
    },
  };
}
