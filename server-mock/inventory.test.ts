import { deflateSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { connectSynchronizer, type SynchronizerClient } from "../proto/index.ts";
import { type MockServer, startMockServer } from "./index.ts";
import type { MockServerOptions } from "./options.ts";

const entry = (type: string, object: object) => ({ type, compressedInfo: deflateSync(JSON.stringify(object)) });
const metadata = (name: string) => ({ uid: `u-${name}`, name });
const node = entry("*v1.Node", {
  metadata: metadata("n"),
  status: { addresses: [{ type: "InternalIP", address: "10.0.0.1" }] },
});
const good = [entry("*version.Info", { gitVersion: "v1.30.0" }), node, entry("*v1.Namespace", { metadata: metadata("shop") })];
const bad = [...good, { type: "*v1.Pod", compressedInfo: Buffer.from("{}") }];
const beat = { clusterId: "d-1", agentId: 1, sourceIp: "10.0.0.1" };

let mock: MockServer | undefined;
let client: SynchronizerClient;
afterEach(async () => {
  client.close();
  await mock?.stop();
});

async function start(options: MockServerOptions = {}): Promise<MockServer> {
  mock = await startMockServer({ control: {}, ...options });
  const target = options.target ?? "v7.1";
  client = connectSynchronizer({ address: mock.address, service: target.startsWith("v7") ? "agent" : "trident" });
  return mock;
}

const day = 86_400_000;
const counts = { nodes: 1, namespaces: 1, pods: 0 };

describe("GET /v1/clusters/{id}/inventory", () => {
  it("tells what the target keeps, or that the cluster is unknown", async () => {
    const { control } = await start();
    await client.kubernetesApiSync({ ...beat, version: 1n, entries: good });
    const answer = await fetch(`${control}/v1/clusters/d-1/inventory`);
    const { outcome, counts: told, dropped } = (await answer.json()) as NonNullable<ReturnType<MockServer["inventory"]>>;
    expect([answer.status, outcome, dropped]).toEqual([200, "kept", []]);
    expect(told).toMatchObject(counts);
    expect((await fetch(`${control}/v1/clusters/nobody/inventory`)).status).toBe(404);
  });

  it("is refused where nothing was stored", async () => {
    const server = await start();
    await client.kubernetesApiSync({ ...beat, version: 0n, entries: good });
    await client.kubernetesApiSync({ ...beat, version: 5n });
    expect(server.inventory("d-1")).toMatchObject({ outcome: "refused" });
  });

  it("is refused where no domain has the cluster_id", async () => {
    const server = await start({ domains: ["d-2"] });
    await client.kubernetesApiSync({ ...beat, version: 1n, entries: good });
    await client.kubernetesApiSync({ ...beat, clusterId: "d-2", version: 1n, entries: good });
    expect(server.inventory("d-1")).toMatchObject({ outcome: "refused", reason: expect.stringContaining("no domain") as string });
    expect(server.inventory("d-2")).toMatchObject({ outcome: "kept" });
  });

  it("freezes under an error_msg, shows what it held, and thaws", async () => {
    const server = await start();
    await client.kubernetesApiSync({ ...beat, version: 1n, entries: good });
    await client.kubernetesApiSync({ ...beat, version: 1n, errorMsg: "no list" });
    expect(server.inventory("d-1")).toMatchObject({ outcome: "frozen", held: { counts }, counts: { nodes: 0 } });
    await client.kubernetesApiSync({ ...beat, version: 2n, errorMsg: "no list", entries: [...good, node] });
    expect(server.inventory("d-1")).toMatchObject({ outcome: "frozen", held: { counts } });
    await client.kubernetesApiSync({ ...beat, version: 2n });
    expect(server.inventory("d-1")).toMatchObject({ outcome: "kept" });
  });

  it.each([
    ["v7.1", "on arrival"],
    ["v7.1.5", "when it gathers"],
    ["v6.3", "when it gathers"],
  ])("on %s, one bad entry lasts until another version comes: inflated %s", async (target, when) => {
    const server = await start({ target });
    await client.kubernetesApiSync({ ...beat, version: 1n, entries: good });
    await client.kubernetesApiSync({ ...beat, version: 2n, entries: bad });
    expect(server.inventory("d-1")).toMatchObject({ outcome: "aborted", blame: { entry: 3 }, held: { counts } });
    expect(server.inventory("d-1")?.reason).toContain(when);
    await client.kubernetesApiSync({ ...beat, version: 2n });
    expect(server.inventory("d-1")).toMatchObject({ outcome: "aborted" });
    await client.kubernetesApiSync({ ...beat, version: 3n, entries: good });
    expect(server.inventory("d-1")).toMatchObject({ outcome: "kept" });
  });

  it.each([
    ["v6.2", "aborted"],
    ["v6.3", "kept"],
    ["v7.1", "kept"],
    ["v7.1-head", "aborted"],
  ])("on %s, a record past the ageing time is %s", async (target, outcome) => {
    const server = await start({ target });
    await client.kubernetesApiSync({ ...beat, version: 1n, entries: good });
    server.advanceClock(day + 1_000);
    expect(server.inventory("d-1")).toMatchObject({ outcome });
  });
});

describe("two writers on one cluster_id", () => {
  it("are found, and told of the cluster", async () => {
    const server = await start();
    for (const [agentId, version] of [
      [1, 1n],
      [2, 9n],
    ] as const)
      await client.kubernetesApiSync({ ...beat, agentId, version, entries: good });
    expect(server.cluster("d-1")?.trouble).toBeUndefined();
    await client.kubernetesApiSync({ ...beat, agentId: 1, version: 2n, entries: good });
    expect(server.cluster("d-1")?.trouble).toContain("two senders");
  });
});
