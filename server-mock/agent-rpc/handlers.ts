import { findBytes, loadMessage, type ServiceName } from "../../proto/index.ts";
import type { UnaryHandler } from "../grpc/adapter.ts";
import { CODES, StatusError } from "../grpc/status.ts";
import { NTP_PACKET_BYTES, ntpAnswer } from "./ntp.ts";

const NOTHING_TO_FETCH = 1;

/** Query: the answer of an NTP server. The packet is whichever field has its length. */
export function createQueryHandler(service: ServiceName, nowMs: () => number): UnaryHandler {
  const response = loadMessage(service, "NtpResponse");
  return (frame) => {
    const packet = readOrRefuse(() => findBytes(frame, NTP_PACKET_BYTES));
    if (!packet) {
      throw new StatusError(CODES.invalidArgument, `there is no NTP packet of ${NTP_PACKET_BYTES} bytes in the request`);
    }
    return response.serialize({ response: ntpAnswer(packet, nowMs()) });
  };
}

/** GenesisSync: the version that the agent sent; what it uploads is not looked at (protocol.md 5.7). */
export function createGenesisHandler(service: ServiceName): UnaryHandler {
  const request = loadMessage(service, "GenesisSyncRequest");
  const response = loadMessage(service, "GenesisSyncResponse");
  return (frame) => {
    const { version } = readOrRefuse(() => request.deserialize(frame) as { version?: string });
    return response.serialize(version === undefined ? {} : { version });
  };
}

/** Push: a stream without messages, open until the agent leaves or the mock closes (protocol.md 5.7). */
export function createPushHandler(): UnaryHandler {
  return () => new Promise<never>(() => {});
}

/** Upgrade: a stream of one message, that there is nothing to fetch. */
export function createUpgradeHandler(service: ServiceName): UnaryHandler {
  const answer = loadMessage(service, "UpgradeResponse").serialize({ status: NOTHING_TO_FETCH });
  return () => answer;
}

/** @throws StatusError with what a Go server answers to bytes that it cannot unmarshal */
export function readOrRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new StatusError(CODES.internal, `grpc: error unmarshalling request: ${problem}`);
  }
}
