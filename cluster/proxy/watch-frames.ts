import { Buffer } from "node:buffer";
import { CLOSE, findMembers, textOf } from "./json-spans.ts";
import { SeenObject } from "./seen-object.ts";

/** Annotation of the bookmark that ends the initial events of a streamed list (KEP-3157). */
const INITIAL_EVENTS_END = "k8s.io/initial-events-end";
const NEWLINE = 0x0a;
const TYPES = ["ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"] as const;

/** One event of a watch as it came. */
export interface SeenEvent {
  readonly type: (typeof TYPES)[number];
  /** Absent for ERROR, and for the row of a Table that does not include its object. */
  readonly object?: SeenObject;
  readonly initialEventsEnd: boolean;
}

/** Cuts the stream of a watch into its lines; of a line that is not complete, it keeps the beginning. */
export class LineCutter {
  #begun: Buffer[] = [];

  /** The lines that a piece completes, each with its newline. */
  push(chunk: Buffer): readonly Buffer[] {
    const lines: Buffer[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const last = chunk.subarray(from, end + 1);
      lines.push(this.#begun.length === 0 ? last : Buffer.concat([...this.#begun, last]));
      this.#begun = [];
      from = end + 1;
    }
    if (from < chunk.length) this.#begun.push(chunk.subarray(from));
    return lines;
  }

  /** What has no newline, in the end. */
  rest(): Buffer {
    return Buffer.concat(this.#begun);
  }
}

/** Reads a line of a watch; undefined where it is no event. */
export function readEvent(line: Buffer): SeenEvent | undefined {
  const members = findMembers(line, 0, ["type", "object"]);
  const type = TYPES.find((known) => known === textOf(line, members.get("type")));
  const span = members.get("object");
  if (type === undefined || span === undefined || !isWhole(line, span.to)) return undefined;
  if (type === "ERROR") return { type, initialEventsEnd: false };
  const bytes = line.subarray(span.from, span.to);
  const object = bytes.includes('"kind":"Table"') ? rowOf(bytes) : new SeenObject(bytes);
  if (type !== "BOOKMARK" || object === undefined) return { type, ...(object && { object }), initialEventsEnd: false };
  return { type, object, initialEventsEnd: object.annotations[INITIAL_EVENTS_END] === "true" };
}

/** Whether nothing but the end of the event comes after its object. */
function isWhole(line: Buffer, objectEnd: number): boolean {
  return line[objectEnd - 1] === CLOSE && line.toString("latin1", objectEnd).trim() === "}";
}

/** The object of a Table that has one row, or none: for a bookmark. */
function rowOf(bytes: Buffer): SeenObject | undefined {
  try {
    const table = JSON.parse(bytes.toString("utf8")) as TableEvent;
    if (table.kind !== "Table") return new SeenObject(bytes);
    const object = table.rows?.[0]?.object;
    return object === undefined || object === null ? undefined : new SeenObject(Buffer.from(JSON.stringify(object)));
  } catch {
    return undefined;
  }
}

interface TableEvent {
  readonly kind?: unknown;
  readonly rows?: readonly { readonly object?: unknown }[];
}
