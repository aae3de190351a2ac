import { deflateSync } from "node:zlib";
import { connectSynchronizer, type ServiceName, type SyncEntry } from "../../proto/index.ts";

/** Whose cluster is written, and where. */
export interface OtherSnapshot {
  /** `host:port` of the server. */
  readonly server: string;
  readonly service: ServiceName;
  readonly clusterId: string;
  readonly version: bigint;
  readonly callTimeoutMs: number;
}

/** An id that no agent of a run has. */
const AGENT_ID = 60_000;

/**
 * Writes a small snapshot of another cluster under a cluster_id, as a second agent does that was given the same one by
 * mistake, and leaves.
 *
 * @throws the gRPC error where the server does not take it
 */
export async function writeOtherSnapshot({ server, service, clusterId, version, callTimeoutMs }: OtherSnapshot): Promise<void> {
  const client = connectSynchronizer({ address: server, service });
  try {
    const message = { clusterId, version, agentId: AGENT_ID, sourceIp: "192.0.2.99", errorMsg: "", entries: otherCluster() };
    await client.kubernetesApiSync(message, { timeoutMs: callTimeoutMs, signal: new AbortController().signal });
  } finally {
    client.close();
  }
}

function otherCluster(): readonly SyncEntry[] {
  const meta = (name: string, namespace?: string) => ({
    name,
    uid: `00000000-0000-4000-8000-${Buffer.from(name).toString("hex").padEnd(12, "0").slice(0, 12)}`,
    ...(namespace === undefined ? {} : { namespace }),
  });
  return [
    entry("*version.Info", { gitVersion: "v1.30.4" }),
    entry("*v1.Node", { metadata: meta("other-node"), status: { addresses: [{ type: "InternalIP", address: "192.0.2.99" }] } }),
    entry("*v1.Namespace", { metadata: meta("other") }),
    entry("*v1.Pod", { metadata: meta("other-pod", "other"), status: { hostIP: "192.0.2.99", podIP: "198.51.100.9" } }),
  ];
}

function entry(type: string, object: object): SyncEntry {
  return { type, compressedInfo: deflateSync(JSON.stringify(object)) };
}
