import { readTypeNames, VERSION_INFO_TYPE } from "../kinds/type-names.ts";
import type { Target } from "../targets/types.ts";
import type { UploadedObject } from "../troubles/types.ts";
import type { DroppedObject, SnapshotEntry } from "./types.ts";

/** An entry that costs more than itself. */
export interface BrokenEntry {
  readonly entry: number;
  readonly type: string;
  /** `stream`: no zlib; `text`: no JSON, of a type that is read. */
  readonly what: "stream" | "text";
  readonly problem: string;
}

/** A snapshot's entries as the target takes them apart. */
export interface ReadSnapshot {
  readonly objects: readonly UploadedObject[];
  readonly broken: readonly BrokenEntry[];
  readonly dropped: readonly DroppedObject[];
}

const STREAM = new Set(
  "empty info-used gzip raw-deflate plain not-zlib truncated checksum preset-dictionary corrupt not-a-message".split(" "),
);
const ENDS = new Set(["truncated", "checksum"]);
const TEXT = new Set(["byte-order-mark", "empty-text", "not-json", "too-deep"]);

/** Takes the objects out of the entries, by the shapes that the target reads. Source: protocol.md 2.5, 3. */
export function readSnapshot(target: Target, entries: readonly SnapshotEntry[]): ReadSnapshot {
  const read = new Set(readTypeNames(target));
  const objects: UploadedObject[] = [];
  const broken: BrokenEntry[] = [];
  const dropped: DroppedObject[] = [];
  const drops = new Set<string>(target.drops);

  entries.forEach((reading, entry) => {
    const type = reading.type ?? "";
    const damage = damageOf(target, reading, read.has(type));
    if (damage) {
      if (target.line && damage.what !== "limit") broken.push({ entry, type, what: damage.what, problem: damage.problem });
      else dropped.push(shapeless(type, "entry-unreadable", `entry ${entry} cannot be read: ${damage.problem}`));
      return;
    }
    const { shape } = reading;
    if (shape === "object" || (target.entryShapes as readonly string[]).includes(shape)) {
      for (const object of reading.objects) objects.push({ entry, type, object });
    } else if (type === VERSION_INFO_TYPE) objects.push({ entry, type, object: {} });
    else if (read.has(type)) {
      const rule = `entry-${shape}`;
      if (drops.has(rule)) dropped.push(shapeless(type, rule, shapeText(entry, shape, reading.objects.length)));
    } else dropped.push(shapeless(type, "type-unread", `${target.id} reads nothing of type ${JSON.stringify(type)}`));
  });
  return { objects, broken, dropped };
}

function damageOf(
  target: Target,
  reading: SnapshotEntry,
  read: boolean,
): { readonly what: "stream" | "text" | "limit"; readonly problem: string } | undefined {
  for (const { code, problem } of reading.findings) {
    if (code === "too-large") return { what: "limit", problem };
    if (STREAM.has(code)) {
      if (target.streamEnd === "checked" || !ENDS.has(code)) return { what: "stream", problem };
      // What is overlooked in the stream shows in the text, if the type is read at all.
      if (reading.objects.length === 0 && read) return { what: "text", problem };
    } else if (TEXT.has(code) && (read || !target.line)) return { what: "text", problem };
  }
  return undefined;
}

function shapeless(type: string, rule: string, reason: string): DroppedObject {
  return { type, uid: "", namespace: "", name: "", rule, reason };
}

function shapeText(entry: number, shape: SnapshotEntry["shape"], count: number): string {
  if (shape === "array") return `entry ${entry} is an array of ${count}, in which no metadata is found: all of it is dropped`;
  if (shape === "list") return `entry ${entry} is a List of ${count}, which has no uid of its own: all of it is dropped`;
  return `entry ${entry} is neither object nor array`;
}
