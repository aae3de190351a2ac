import { decodeSyncRequest, decodeSyncResponse, type EntryReading, WireError } from "../../server-mock/ingest/index.ts";
import { type RawLine, sha256 } from "../../transcript/index.ts";
import type { BlobStore } from "./blobs.ts";
import { readQuestion } from "./cluster-id-calls.ts";
import { HistoryError } from "./error.ts";
import { list, number, optionalText, text } from "./fields.ts";
import { memo } from "./memo.ts";
import type { Mutable } from "./mutable.ts";
import type { OtherCall, SyncCall } from "./types.ts";

const SYNC_PATH = /^\/(trident|agent)\.Synchronizer\/KubernetesAPISync$/u;

type Segment = Readonly<Record<string, unknown>>;

/** Reads the `request` lines of the gRPC side. An unreadable frame and any other method are other calls. */
export function readCall(
  line: RawLine,
  blobs: BlobStore,
): { readonly sync: Mutable<SyncCall> } | { readonly other: Mutable<OtherCall> } {
  const head = { seq: line.seq, t: line.t, call: number(line, "call") };
  const other = { ...head, path: text(line, "path") };
  const service = SYNC_PATH.exec(other.path)?.[1];
  if (service === undefined) {
    const question = readQuestion(other.path, line, blobs);
    return { other: question === undefined ? other : { ...other, question } };
  }
  try {
    return { sync: readFrame({ ...head, service: service as SyncCall["service"] }, line, blobs) };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { other: { ...other, problem: error.message } };
  }
}

/** Adds what an `answer` line says to its call. Accepted: protocol.md 2.2 rows 6 and 9, and 8 where the record was replaced. */
export function answerCall(call: Mutable<SyncCall>, line: RawLine): void {
  const row = optionalText(line, "row");
  const stored = optionalText(line, "stored") as "replaced" | "refreshed" | "dropped" | undefined;
  const bytes = optionalText(line, "base64");
  call.answer = {
    seq: line.seq,
    t: line.t,
    code: number(line, "code"),
    ...(bytes === undefined ? {} : decodeSyncResponse(Buffer.from(bytes, "base64"))),
    ...(row === undefined ? {} : { row }),
    ...(stored === undefined ? {} : { stored }),
  };
  const takes = row === "6" || row === "9" || (row === "8" && stored === "replaced");
  call.accepted = call.entriesHash !== undefined && takes && stored !== "dropped";
}

/**
 * The pieces between the entries are a message by themselves, so that a frame need not be put together again. An entry
 * that stands in such a piece comes before those that were recorded apart.
 */
function readFrame(head: Pick<SyncCall, "seq" | "t" | "call" | "service">, line: RawLine, blobs: BlobStore): Mutable<SyncCall> {
  const segments = list(line, "frame") as readonly Segment[];
  const plain: Buffer[] = [];
  const apart: string[] = [];
  for (const segment of segments) {
    const [base64, blob, entries] = ["base64", "blob", "entries"].map((key) => optionalText(segment, key));
    if (base64 !== undefined) plain.push(Buffer.from(base64, "base64"));
    else if (blob !== undefined) plain.push(blobs.bytes(blob));
    else if (entries !== undefined) apart.push(entries);
    else throw new HistoryError("a frame segment that is neither base64, blob nor entries");
  }
  const envelope = Buffer.concat(plain);
  const { entries: inside, ...fields } = decodeSyncRequest(envelope);
  const digests = memo(() => apart.flatMap((list) => blobs.digests(list)));
  const entries = memo((): readonly EntryReading[] => [
    ...inside.map((bytes) => blobs.readEntry(bytes)),
    ...digests().map((digest) => blobs.entry(digest).reading),
  ]);
  const byteLength = memo(() =>
    digests().reduce((sum, digest) => sum + framedLength(blobs.entry(digest).byteLength), envelope.length),
  );
  const hash = entriesHash(inside, apart, digests);
  // To spread the result would read every entry.
  return {
    ...head,
    peer: optionalText(line, "peer") ?? "",
    ...fields,
    get byteLength() {
      return byteLength();
    },
    ...(hash === undefined ? {} : { entriesHash: hash }),
    get entries() {
      return entries() as EntryReading[];
    },
    accepted: false,
  };
}

/** A recorded list is a JSON text of digests, so that its own SHA-256 serves where it is the whole list. */
function entriesHash(
  inside: readonly Uint8Array[],
  apart: readonly string[],
  digests: () => readonly string[],
): string | undefined {
  if (inside.length === 0 && apart.length <= 1) return apart[0];
  return sha256(JSON.stringify([...inside.map((bytes) => sha256(bytes)), ...digests()]));
}

/** Bytes of an entry in the frame: tag, length in its shortest form, message. */
function framedLength(bytes: number): number {
  let head = 2;
  for (let rest = bytes; rest >= 0x80; rest = Math.floor(rest / 0x80)) head += 1;
  return head + bytes;
}
