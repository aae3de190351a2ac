import { describe, expect, it } from "vitest";
import { loadMessage } from "./load.ts";
import { peekSyncRequest } from "./peek.ts";

const whole = loadMessage("agent", "KubernetesAPISyncRequest").serialize({
  cluster_id: "d-abc",
  version: "7",
  agent_id: 300,
  source_ip: "10.0.0.1",
  entries: [{ type: "*v1.Pod", compressed_info: Buffer.alloc(100) }],
});
const heartbeat = loadMessage("agent", "KubernetesAPISyncRequest").serialize({ cluster_id: "d-abc", version: "7" });

describe("peekSyncRequest", () => {
  it("reads whole requests", () => {
    expect(peekSyncRequest(whole)).toEqual({ clusterId: "d-abc", agentId: 300, hasEntries: true });
    expect(peekSyncRequest(heartbeat)).toEqual({ clusterId: "d-abc", hasEntries: false });
  });

  it("reads of a beginning what is there, and never takes back what it read of a shorter one", () => {
    const read = Array.from({ length: whole.length }, (_, length) => peekSyncRequest(whole.subarray(0, length)));
    expect(read[0]).toEqual({ hasEntries: false });
    expect(read.at(-1)).toEqual({ clusterId: "d-abc", agentId: 300, hasEntries: true });
    for (const [index, { hasEntries, ...fields }] of read.entries()) {
      const next = read[index + 1];
      if (next !== undefined) expect(next).toMatchObject(hasEntries ? { ...fields, hasEntries } : fields);
    }
  });

  it("makes nothing of bytes that are no protobuf", () => {
    expect(peekSyncRequest(Buffer.alloc(64, 0xff))).toEqual({ hasEntries: false });
  });
});
