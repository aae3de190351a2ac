/** An NTP client's packet, version 3, sent at that time. */
export function ntpRequest(nowMs: number): Buffer {
  const packet = Buffer.alloc(48);
  packet[0] = (3 << 3) | 3;
  packet.writeUInt32BE((Math.floor(nowMs / 1_000) + 2_208_988_800) % 2 ** 32, 40);
  packet.writeUInt32BE(Math.floor((nowMs % 1_000) * 4_294_967), 44);
  return packet;
}

/** Why a deepflow-agent would not take this answer (protocol.md 5.7); undefined where it would. */
export function ntpProblem(request: Buffer, answer: Buffer): string | undefined {
  if (answer.length !== 48) return `${answer.length} bytes`;
  if (((answer[0] ?? 0) & 7) !== 4) return `mode ${(answer[0] ?? 0) & 7}`;
  if (!answer.subarray(24, 32).equals(request.subarray(40, 48))) return "another origin";
  const [receive, transmit] = [answer.readBigUInt64BE(32), answer.readBigUInt64BE(40)];
  if (transmit === 0n) return "no transmit timestamp";
  return receive <= transmit ? undefined : "received after it was sent";
}
