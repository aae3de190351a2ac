import { type Target, readTypeNames, VERSION_INFO_TYPE } from "../contract/index.ts";
import type { EntryReading, Finding, FindingCode } from "./types.ts";

/** A finding told for people: in which entry, what the target does with it, how to mend it. */
export interface ExplainedFinding {
  readonly code: FindingCode;
  /** Index of the entry in the request. */
  readonly entry: number;
  readonly type?: string;
  /** metadata.uid, where the entry holds one object that has one. */
  readonly uid?: string;
  /** Bytes into compressed_info or the text, as the text says. */
  readonly offset?: number;
  readonly text: string;
}

/** What a deviation costs, by what it spoils. */
type Damage =
  | "call"
  | "stream"
  | "rest-of-stream"
  | "document"
  | "characters"
  | "rest-of-text"
  | "shape"
  | "name"
  | "nothing"
  | "mock-limit";

const DAMAGE: Readonly<Record<FindingCode, Damage>> = {
  "not-a-message": "call",
  empty: "stream",
  "info-used": "stream",
  gzip: "stream",
  "raw-deflate": "stream",
  plain: "stream",
  "not-zlib": "stream",
  truncated: "stream",
  checksum: "stream",
  "preset-dictionary": "stream",
  corrupt: "stream",
  "trailing-bytes": "rest-of-stream",
  "too-large": "mock-limit",
  "byte-order-mark": "document",
  "not-utf8": "characters",
  "empty-text": "document",
  "not-json": "document",
  "too-deep": "document",
  "several-documents": "rest-of-text",
  array: "shape",
  list: "shape",
  scalar: "shape",
  "no-type": "name",
  "unknown-type": "name",
  "kind-mismatch": "nothing",
};

const ONE_STREAM =
  "compress the JSON text with zlib (RFC 1950: what `zlib.compress`, `deflateSync` or Go's compress/zlib make) and send all of its output";
const ONE_OBJECT = "send one entry an object, each with the JSON text of that object alone";

const MEND: Readonly<Record<FindingCode, string>> = {
  "not-a-message": "encode the entry as a KubernetesAPIInfo message",
  empty: "put the compressed object into compressed_info, or leave the entry out",
  "info-used": `leave info unset, ${ONE_STREAM} in compressed_info`,
  gzip: ONE_STREAM,
  "raw-deflate": ONE_STREAM,
  plain: ONE_STREAM,
  "not-zlib": ONE_STREAM,
  truncated: "end the stream (flush with finish, close the writer) before its bytes are taken",
  checksum: "let the zlib library write the Adler-32 of the text uncompressed",
  "preset-dictionary": "compress without a dictionary",
  corrupt: "send the compressor's output unaltered, as bytes and not as text",
  "trailing-bytes": "send exactly one stream, and cut a reused buffer to its length",
  "too-large": "leave out what the target does not read",
  "byte-order-mark": "write the text without a byte-order mark",
  "not-utf8": "write the text in UTF-8",
  "empty-text": ONE_OBJECT,
  "not-json": "serialise the object with a JSON library",
  "too-deep": ONE_OBJECT,
  "several-documents": ONE_OBJECT,
  array: ONE_OBJECT,
  list: ONE_OBJECT,
  scalar: ONE_OBJECT,
  "no-type": "set type to the object's name, such as *v1.Pod",
  "unknown-type": "use the name that the target reads, or leave the entry out",
  "kind-mismatch": "let type and kind be of the same object",
};

/**
 * Tells each deviation of an entry's reading that matters to the target. A shape that the target accepts is none.
 *
 * @param entryIndex position of the entry in its request
 */
export function explainFindings(target: Target, entryIndex: number, reading: EntryReading): readonly ExplainedFinding[] {
  if (reading.findings.length === 0) return [];
  const uid = uidOf(reading);
  const who = [
    reading.type === undefined ? "without type" : JSON.stringify(reading.type),
    uid === undefined ? "" : `uid ${JSON.stringify(uid)}`,
  ];
  const entry = `entry ${entryIndex} (${who.filter((part) => part !== "").join(", ")})`;
  return reading.findings
    .filter((finding) => !isAccepted(target, finding.code))
    .map((finding) => ({
      code: finding.code,
      entry: entryIndex,
      ...(reading.type === undefined ? {} : { type: reading.type }),
      ...(uid === undefined ? {} : { uid }),
      ...(finding.offset === undefined ? {} : { offset: finding.offset }),
      text: `${entry}: ${finding.problem}${place(finding)}; ${consequence(target, finding.code, reading.type)}. To mend it: ${MEND[finding.code]}.`,
    }));
}

function isAccepted(target: Target, code: FindingCode): boolean {
  return (target.entryShapes as readonly string[]).includes(code);
}

function uidOf(reading: EntryReading): string | undefined {
  const [first, second] = reading.objects;
  const metadata = second === undefined ? first?.["metadata"] : undefined;
  const uid = typeof metadata === "object" && metadata !== null ? (metadata as Record<string, unknown>)["uid"] : undefined;
  return typeof uid === "string" ? uid : undefined;
}

/** The beginning needs no telling. */
function place({ offset, offsetIn }: Finding): string {
  return offset === undefined || offset === 0
    ? ""
    : ` (at byte ${offset} of ${offsetIn === "text" ? "the text" : "compressed_info"})`;
}

function consequence(target: Target, code: FindingCode, type: string | undefined): string {
  const { id } = target;
  const read = type !== undefined && readTypeNames(target).includes(type);
  const aborts = `${id} gives up the whole sync of the cluster and keeps its old resources`;
  switch (DAMAGE[code]) {
    case "call":
      return "a server cannot decode such a request and fails the call";
    case "mock-limit":
      return "the mock reads no further, to protect itself; a real server would go on";
    case "stream":
      return streamConsequence(target, code, read);
    case "rest-of-stream":
      return `${id} uses the first stream and ignores what follows`;
    case "rest-of-text":
      return `${id} uses the first document and ignores the rest`;
    case "characters":
      return read ? `${id} puts U+FFFD in place of what it cannot read` : unread(id);
    case "document":
      return target.line ? (read ? aborts : unread(id)) : "the document asks for JSON, so what this holds counts as not sent";
    case "shape":
      if (type === VERSION_INFO_TYPE && target.versionInfo === "required") return `${id} finds no gitVersion in it: ${aborts}`;
      if (type === VERSION_INFO_TYPE && target.versionInfo === "crashes") return `${id} takes the server version for empty`;
      return read ? `${id} finds no metadata or uid in it and drops it, with OK as the answer` : unread(id);
    case "name":
      return unread(id);
    case "nothing":
      return `${id} never reads kind and takes the object for what type says`;
  }
}

function streamConsequence({ id, badStream, streamEnd }: Target, code: FindingCode, read: boolean): string {
  if (badStream === "unspecified") return "the document asks for zlib, so what this holds counts as not sent";
  if (badStream === "empties-snapshot") {
    return `${id} answers OK and stores none of this snapshot's entries, so that the sync fails until another version comes`;
  }
  if (streamEnd === "overlooked" && code === "checksum") return `${id} does not look at it`;
  if (streamEnd === "overlooked" && code === "truncated") {
    return read ? `${id} overlooks the missing end and fails the whole sync at the JSON, where that is cut short` : unread(id);
  }
  return `${id} answers OK, and fails each time it gathers the snapshot, until another version comes`;
}

function unread(id: string): string {
  return `${id} never reads an entry of this type`;
}
