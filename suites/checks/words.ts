import type { ObjectLife, SyncCall } from "../history/types.ts";
import type { SnapshotItem } from "../oracle/index.ts";
import type { Case } from "./verdict.ts";

/** `request seq 812 (call 4, version 7)`. */
export function callText(call: SyncCall): string {
  return `request seq ${call.seq} (call ${call.call}, version ${call.version ?? "absent"})`;
}

/** `pods shop/web-1`. */
export function lifeText(life: ObjectLife): string {
  return `${life.resource} ${life.namespace === undefined ? "" : `${life.namespace}/`}${life.name}`;
}

/** `entry 4 (*v1.Pod shop/web-1)`. */
export function itemText(item: SnapshotItem): string {
  const name = `${item.namespace === undefined ? "" : `${item.namespace}/`}${item.name ?? "without a name"}`;
  return `entry ${item.entry} (${item.type ?? "no type"} ${name})`;
}

/** A case about a request. */
export function inCall(call: SyncCall, text: string): Case {
  return { at: call, text: `${callText(call)}: ${text}` };
}

/** A time for people. */
export function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}

/** `1 request`, `2 requests`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : noun.endsWith("s") ? "es" : "s"}`;
}

/** JSON of a value from the wire, bounded. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
