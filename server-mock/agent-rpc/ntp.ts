/** Length of an NTP packet without extensions, bytes (RFC 5905, 7.3). */
export const NTP_PACKET_BYTES = 48;

const SERVER_MODE = 4;
const RECEIVE_AT = 32;
const TRANSMIT_AT = 40;
const ORIGIN_AT = 24;
const REFERENCE_AT = 16;
const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;
const PRIMARY_SERVER = 1;
const LOCAL_CLOCK = "LOCL";

/**
 * What an NTP server answers to a client's packet (RFC 5905, 7.3; protocol.md 5.7): its version, mode 4, the client's
 * transmit timestamp as origin, and the time as receive and transmit timestamps.
 *
 * @param request 48 bytes
 * @param nowMs since the Unix epoch
 */
export function ntpAnswer(request: Uint8Array, nowMs: number): Buffer {
  const packet = Buffer.alloc(NTP_PACKET_BYTES);
  packet[0] = ((request[0] ?? 0) & 0b0011_1000) | SERVER_MODE;
  packet[1] = PRIMARY_SERVER;
  packet[2] = request[2] ?? 0;
  packet.write(LOCAL_CLOCK, 12, "latin1");
  writeTimestamp(packet, REFERENCE_AT, nowMs);
  packet.set(request.subarray(TRANSMIT_AT, NTP_PACKET_BYTES), ORIGIN_AT);
  writeTimestamp(packet, RECEIVE_AT, nowMs);
  writeTimestamp(packet, TRANSMIT_AT, nowMs);
  return packet;
}

/** Seconds since 1900 and their fraction, 32 bits each; the seconds begin again in 2036. Never 0, which says "not known". */
function writeTimestamp(packet: Buffer, offset: number, nowMs: number): void {
  const seconds = Math.floor(nowMs / 1_000);
  packet.writeUInt32BE((seconds + SECONDS_FROM_1900_TO_1970) % 2 ** 32, offset);
  packet.writeUInt32BE(Math.max(1, Math.floor((nowMs / 1_000 - seconds) * 2 ** 32)), offset + 4);
}
