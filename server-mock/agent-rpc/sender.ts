import { isIP } from "node:net";
import type { AgentSync } from "../../proto/index.ts";

/** Who sent a Sync, as far as its texts tell. */
export interface Sender {
  /** `ctrl_ip-ctrl_mac`, by which a server tells agents apart (protocol.md 5.6). */
  readonly claimant: string;
  /** Absent where the agent named no cluster. */
  readonly clusterId?: string;
}

const MAC = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i;
const GENERATED_CLUSTER_ID = /^d-[0-9A-Za-z]{10}$/;

/**
 * Recognises control IP, control MAC and cluster_id of a Sync by what they look like, since their field numbers are
 * laid down nowhere: the first text that is an IP address, the first that is a MAC address, and the first that is a
 * cluster_id that the mock knows already or has the form of one that a server makes (protocol.md 5.5).
 *
 * @param peerHost address of the connection, for an agent that names none
 */
export function senderOf({ texts }: AgentSync, peerHost: string, knowsCluster: (id: string) => boolean): Sender {
  const ip = texts.find((text) => isIP(text) !== 0) ?? peerHost;
  const mac = texts.find((text) => MAC.test(text)) ?? "";
  const clusterId = texts.find(knowsCluster) ?? texts.find((text) => GENERATED_CLUSTER_ID.test(text));
  return { claimant: `${ip}-${mac.toLowerCase()}`, ...(clusterId !== undefined && { clusterId }) };
}
