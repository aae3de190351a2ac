import type { Target } from "../../server-mock/contract/index.ts";
import type { Moment, ObjectLife, OtherCall, SyncCall } from "../history/types.ts";
import type { SnapshotItem } from "../oracle/index.ts";
import type { Case } from "./verdict.ts";

/** The status of a method that a server does not have. */
const UNIMPLEMENTED = 12;

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

/** Calls of something else than KubernetesAPISync, or of it where the target does not have it: the last of each path, and not many. */
export function otherCalls(calls: readonly OtherCall[], target: Target): readonly Case[] {
  const byPath = new Map(calls.map((call) => [call.path, call]));
  return [...byPath.values()].slice(0, 3).map((call) => ({ at: call, text: otherCallText(call, target) }));
}

function otherCallText({ path, code, problem }: OtherCall, { id, services }: Target): string {
  if (problem !== undefined) return `a call of ${path} that could not be read: ${problem}`;
  if (code !== UNIMPLEMENTED) return `a call of ${path}`;
  const right = services.map((service) => `/${service}.Synchronizer/KubernetesAPISync`).join(" or ");
  return `a call of ${path}, which target ${id} does not have (UNIMPLEMENTED); what it has is ${right}`;
}

/** That no call came, and how far the agent got. @param connections that it opened to the mock server */
export function silence(from: Moment, until: Moment, connections: number): Case {
  const far =
    connections === 0
      ? ", nor any connection: nothing dialled what the agent is handed ({server}, DEEPFLOW_SERVER)"
      : ` over ${count(connections, "connection")}: the server speaks gRPC on plaintext HTTP/2, without TLS`;
  return { at: until, text: `no request came in ${seconds(until.t - from.t)}${far}` };
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
