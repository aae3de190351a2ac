import type { ServiceName } from "./load.ts";
import { WIRE_BYTES, WIRE_VARINT, WireReader } from "./reader.ts";

/** Whether an agent leaves it to the server who watches, insists on it, or never does (protocol.md 5.4). */
export type WatchPolicy = "as-elected" | "watch-only" | "watch-disabled";

/** What the request of a Sync or Push says. Of most of its fields only the content is known, not the number. */
export interface AgentSync {
  /** Every text of at most 64 bytes, in wire order. */
  readonly texts: readonly string[];
  readonly watchPolicy: WatchPolicy;
}

const LONGEST_TEXT = 64;
const MOST_TEXTS = 256;
const KUBERNETES_FORCE_WATCH = 27;
const KUBERNETES_WATCH_POLICY = 41;

/** Reads the request of a Sync. @throws WireError where the bytes are not a protobuf message */
export function decodeAgentSync(frame: Uint8Array, service: ServiceName): AgentSync {
  const texts: string[] = [];
  let watchPolicy: WatchPolicy = "as-elected";
  const reader = new WireReader(frame);
  while (reader.next()) {
    const { field, wireType } = reader;
    if (wireType === WIRE_BYTES) {
      const value = reader.view();
      if (value.length > 0 && value.length <= LONGEST_TEXT && texts.length < MOST_TEXTS) texts.push(value.toString("utf8"));
    } else if (wireType === WIRE_VARINT && service === "trident" && field === KUBERNETES_FORCE_WATCH) {
      watchPolicy = reader.uint64() === 0n ? "as-elected" : "watch-only";
    } else if (wireType === WIRE_VARINT && service === "agent" && field === KUBERNETES_WATCH_POLICY) {
      watchPolicy = policyOf(reader.uint64());
    } else reader.skip();
  }
  return { texts, watchPolicy };
}

/** The first field that is exactly so many bytes long. @throws WireError where the bytes are not a protobuf message */
export function findBytes(frame: Uint8Array, length: number): Buffer | undefined {
  let found: Buffer | undefined;
  const reader = new WireReader(frame);
  while (reader.next()) {
    if (reader.wireType !== WIRE_BYTES) reader.skip();
    else {
      const value = reader.view();
      if (value.length === length) found ??= value;
    }
  }
  return found;
}

function policyOf(value: bigint): WatchPolicy {
  if (value === 1n) return "watch-only";
  return value === 2n ? "watch-disabled" : "as-elected";
}
