import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectSynchronizer, type ServiceName, type SyncMessage, type SynchronizerClient } from "../proto/index.ts";
import { type MockServer, type MockServerOptions, startMockServer } from "./index.ts";

const MAX_UINT64 = 2n ** 64n - 1n;
const DAY_MS = 86_400_000;
const entries = [{ type: "*v1.Pod", compressedInfo: deflateSync('{"metadata":{"uid":"u1","name":"p"}}') }];
const base = { clusterId: "c1", agentId: 1, sourceIp: "10.0.0.1" };

let mock: MockServer;
let clients: SynchronizerClient[];

async function start(options: MockServerOptions = {}): Promise<void> {
  mock = await startMockServer({ knownTeams: ["t-known"], ...options });
}
beforeEach(() => {
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.close();
  await mock.stop();
});

function connect(service: ServiceName = "agent"): SynchronizerClient {
  const client = connectSynchronizer({ address: mock.address, service });
  clients.push(client);
  return client;
}

async function sync(message: SyncMessage, client = connect()): Promise<bigint | undefined> {
  return (await client.kubernetesApiSync(message)).version;
}

function lastAnswer() {
  return mock.journal().records.at(-1)?.answer;
}

describe("KubernetesAPISync on v7.1, row by row over the wire", () => {
  /** `before` is sent first; it brings the mock into the state that the row needs. */
  it.each<[row: string, before: SyncMessage[], message: SyncMessage, answer: bigint | undefined, stored: string]>([
    ["1", [], { ...base, entries }, undefined, "dropped"],
    ["1", [], { ...base, version: 0n, entries }, undefined, "dropped"],
    ["2", [], { agentId: 1, version: 1n, entries }, undefined, "dropped"],
    ["2", [], { ...base, clusterId: "", version: 1n, entries }, undefined, "dropped"],
    ["3", [], { ...base, version: 1n, teamId: "t-unknown", entries }, undefined, "dropped"],
    ["6", [], { ...base, version: 1n, teamId: "t-known", entries }, 1n, "replaced"],
    ["5", [], { ...base, version: 1n }, 0n, "dropped"],
    ["5", [{ ...base, version: 9n, entries }], { ...base, version: 1n }, 9n, "dropped"],
    ["6", [], { ...base, version: MAX_UINT64, entries }, MAX_UINT64, "replaced"],
    ["6", [{ ...base, version: 9n, entries }], { ...base, version: 8n, entries }, 8n, "replaced"],
    ["7", [{ ...base, version: 9n, entries }], { ...base, version: 9n }, 9n, "refreshed"],
    ["8", [{ ...base, version: 9n, entries }], { ...base, version: 9n, entries: [...entries, ...entries] }, 9n, "refreshed"],
    ["9", [], { clusterId: "c1", version: 1n, entries }, undefined, "replaced"],
    ["9", [], { ...base, agentId: 0, version: 1n, entries }, undefined, "replaced"],
    ["10", [], { clusterId: "c1", version: 1n }, undefined, "dropped"],
  ])("row %s (case %#)", async (row, before, message, answer, stored) => {
    await start();
    for (const earlier of before) await sync(earlier);
    expect(await sync(message)).toBe(answer);
    expect(lastAnswer()).toMatchObject({ code: 0, row, stored });
  });

  it("keeps the entries of row 6, not those of row 8, and replaces the whole record", async () => {
    await start();
    await sync({ ...base, version: 1n, entries });
    await sync({ ...base, version: 1n, entries: [...entries, ...entries] });
    expect(mock.cluster("c1")).toMatchObject({ heldVersion: "1", entryCount: 1, counts: { "*v1.Pod": 1 } });
    await sync({ ...base, version: 2n, entries: [{ type: "*v1.Node", compressedInfo: deflateSync("{}") }] });
    expect(mock.cluster("c1")).toMatchObject({ heldVersion: "2", counts: { "*v1.Node": 1 } });
    expect(mock.objects("c1")).toEqual([{}]);
  });

  it("keeps error_msg of what it queues, and forgets that of what it drops", async () => {
    await start();
    await sync({ ...base, version: 1n, entries });
    await sync({ ...base, version: 2n, errorMsg: "dropped in row 5" });
    expect(mock.cluster("c1")?.record?.errorMsg).toBe("");
    await sync({ ...base, version: 1n, errorMsg: "kept in row 7" });
    expect(mock.cluster("c1")?.record).toMatchObject({ version: "1", errorMsg: "kept in row 7" });
  });

  it("forgets the version after the ageing time, to the millisecond", async () => {
    await start();
    await sync({ ...base, version: 9n, entries });
    mock.advanceClock(DAY_MS, "another");
    expect(await sync({ ...base, version: 9n })).toBe(9n);
    mock.advanceClock(DAY_MS, "c1");
    expect(await sync({ ...base, version: 9n })).toBe(0n);
    expect(lastAnswer()).toMatchObject({ row: "5", passed: ["3b", "4"] });
  });

  it("forgets one cluster or all on reset, and its connections stay", async () => {
    await start();
    const client = connect();
    await sync({ ...base, version: 9n, entries }, client);
    await sync({ ...base, clusterId: "c2", version: 9n, entries }, client);
    mock.reset("c1");
    expect(await sync({ ...base, version: 9n }, client)).toBe(0n);
    expect(await sync({ ...base, clusterId: "c2", version: 9n }, client)).toBe(9n);
    mock.reset();
    expect(await sync({ ...base, clusterId: "c2", version: 9n }, client)).toBe(0n);
    expect(new Set(mock.journal().records.map((record) => record.peer)).size).toBe(1);
  });

  it("lets two agents on one cluster_id fight, and names both", async () => {
    await start();
    const second = { ...base, agentId: 2, sourceIp: "10.0.0.2" };
    expect(await sync({ ...base, version: 1n, entries })).toBe(1n);
    expect(await sync({ ...second, version: 2n })).toBe(1n);
    expect(await sync({ ...second, version: 2n, entries })).toBe(2n);
    expect(await sync({ ...base, version: 1n })).toBe(2n);
    expect(mock.cluster("c1")?.agents.map(({ lastHeard: _lastHeard, ...agent }) => agent)).toEqual([
      { agentId: 1, sourceIp: "10.0.0.1", requests: 2 },
      { agentId: 2, sourceIp: "10.0.0.2", requests: 2 },
    ]);
  });
});

describe("targets", () => {
  it("serves agent.Synchronizer alone on v7.1", async () => {
    await start();
    const trident = connect("trident");
    await expect(trident.kubernetesApiSync({ ...base, version: 1n, entries })).rejects.toMatchObject({
      codeName: "UNIMPLEMENTED",
      details: "unknown method KubernetesAPISync for service trident.Synchronizer",
    });
    await expect(trident.getKubernetesClusterId({})).rejects.toMatchObject({ codeName: "UNIMPLEMENTED" });
    expect(mock.clusters()).toEqual([]);
    expect(mock.journal().records.map((record) => [record.path, record.answer.code])).toEqual([
      ["/trident.Synchronizer/KubernetesAPISync", 12],
      ["/trident.Synchronizer/GetKubernetesClusterID", 12],
    ]);
  });

  it("serves both packages on document, over one version table", async () => {
    await start({ target: "document" });
    expect(await sync({ ...base, version: 5n, entries }, connect("trident"))).toBe(5n);
    expect(await sync({ ...base, version: 5n }, connect("agent"))).toBe(5n);
  });

  it.each<[string, ServiceName]>([
    ["v7.1", "agent"],
    ["document", "trident"],
  ])("gives the cluster_id of a CA on %s", async (target, service) => {
    await start({ target });
    const client = connect(service);
    expect(await client.getKubernetesClusterId({ caMd5: "0123456789abcdef0123456789abcdef" })).toEqual({
      clusterId: "d-hhr3dtr3dt",
    });
    const refused = await client.getKubernetesClusterId({ caMd5: "short" });
    expect(refused.clusterId).toBeUndefined();
    expect(refused.errorMsg).toContain("32 characters");
  });

  it("names the targets that there are", async () => {
    await start();
    await expect(startMockServer({ target: "v9" })).rejects.toMatchObject({
      code: "unknown-target",
      message: expect.stringContaining("document, v6.1, v6.2") as string,
    });
  });
});

describe("scripted faults", () => {
  it("answers with a status, taking nothing, as often as told", async () => {
    await start();
    mock.addFault({ fault: "status", code: 14, details: "gone fishing", times: 2, cluster: "c1" });
    const client = connect();
    for (let time = 0; time < 2; time++) {
      await expect(sync({ ...base, version: 1n, entries }, client)).rejects.toMatchObject({ code: 14, details: "gone fishing" });
    }
    expect(mock.cluster("c1")).toBeUndefined();
    expect(await sync({ ...base, version: 1n, entries }, client)).toBe(1n);
  });

  it("takes a request and then loses the answer with the connection", async () => {
    await start();
    mock.addFault({ fault: "lose-answer" });
    const client = connect();
    await expect(sync({ ...base, version: 1n, entries }, client)).rejects.toMatchObject({ codeName: "UNAVAILABLE" });
    expect(mock.cluster("c1")).toMatchObject({ heldVersion: "1" });
    expect(await sync({ ...base, version: 1n }, client).catch(() => sync({ ...base, version: 1n }, client))).toBe(1n);
  });

  it.each([
    ["a snapshot of many frames", { entries: Array.from({ length: 2_000 }, () => entries[0]!) }, 14],
    ["a heartbeat", {}, 14],
  ])("cuts off %s that is still on its way, and takes nothing of it", async (_what, content, code) => {
    await start();
    mock.addFault({ fault: "cut-request", cluster: "c1", agent: 1 });
    const client = connect();
    expect(await sync({ ...base, clusterId: "c2", version: 1n, entries }, client)).toBe(1n);
    await expect(sync({ ...base, version: 1n, ...content }, client)).rejects.toMatchObject({ code });
    expect(mock.faults()).toEqual([]);
    expect(mock.cluster("c1")).toBeUndefined();
    expect(mock.journal().records).toHaveLength(1);
    expect(await sync({ ...base, version: 1n, entries }, client)).toBe(1n);
  });

  it("lets pass what a cut is not for", async () => {
    await start();
    mock.addFault({ fault: "cut-request", when: "entries", skip: 1 });
    const client = connect();
    expect(await sync({ ...base, version: 1n }, client)).toBe(0n);
    expect(await sync({ ...base, version: 1n, entries }, client)).toBe(1n);
    expect(await sync({ ...base, version: 1n }, client)).toBe(1n);
    await expect(sync({ ...base, version: 2n, entries }, client)).rejects.toMatchObject({ code: 14 });
    expect(mock.cluster("c1")?.heldVersion).toBe("1");
  });

  it("drops a request and answers OK with its version", async () => {
    await start();
    mock.addFault({ fault: "drop" });
    expect(await sync({ ...base, version: 3n, entries })).toBe(3n);
    expect(mock.cluster("c1")).toBeUndefined();
    expect(lastAnswer()).toEqual({ code: 0, version: "3", fault: "drop" });
  });

  it.each([
    [7n, 7n],
    [null, undefined],
  ])("answers with version %s, taking the request", async (version, answer) => {
    await start();
    mock.addFault({ fault: "answer-version", version });
    expect(await sync({ ...base, version: 3n, entries })).toBe(answer);
    expect(mock.cluster("c1")?.heldVersion).toBe("3");
  });

  it.each([
    [true, "3"],
    [false, undefined],
  ])("stays silent (accept: %s)", async (accept, held) => {
    await start();
    mock.addFault({ fault: "silence", accept });
    const client = connect();
    const silent = client.kubernetesApiSync({ ...base, version: 3n, entries }, { timeoutMs: 200 });
    await expect(silent).rejects.toMatchObject({ codeName: "DEADLINE_EXCEEDED" });
    expect(mock.cluster("c1")?.heldVersion).toBe(held);
    expect(await sync({ ...base, version: 4n, entries }, client)).toBe(4n);
  });

  it("delays, and then handles as usual", async () => {
    await start();
    mock.addFault({ fault: "delay", ms: 5 });
    expect(await sync({ ...base, version: 3n, entries })).toBe(3n);
    expect(lastAnswer()).toMatchObject({ row: "6", fault: "delay" });
  });
});

describe("the journal", () => {
  it("tells each call with the findings of its entries", async () => {
    await start();
    await sync({ ...base, version: MAX_UINT64, entries: [...entries, { type: "*v1.Pod", compressedInfo: Buffer.from("{}") }] });
    await mock.settled();
    const { records, dropped } = mock.journal({ cluster: "c1" });
    expect(dropped).toBe(0);
    expect(records).toMatchObject([
      {
        id: 1,
        call: 1,
        path: "/agent.Synchronizer/KubernetesAPISync",
        request: { clusterId: "c1", version: "18446744073709551615", agentId: 1, sourceIp: "10.0.0.1", entryCount: 2 },
        answer: { code: 0, version: "18446744073709551615", row: "6", stored: "replaced" },
        findings: [{ code: "plain", entry: 1 }],
        examination: "done",
      },
    ]);
    expect(records[0]?.request).not.toHaveProperty("teamId");
  });

  it("forgets the oldest, counts them, and goes on from where a reader was", async () => {
    await start({ journalLimit: 2 });
    const client = connect();
    for (const version of [1n, 2n, 3n]) await sync({ ...base, version }, client);
    const page = mock.journal();
    expect(page.records.map((record) => [record.id, record.request?.version])).toEqual([
      [2, "2"],
      [3, "3"],
    ]);
    expect(page.dropped).toBe(1);
    expect(mock.journal({ after: 2 }).records.map((record) => record.id)).toEqual([3]);
    expect(mock.journal({ cluster: "other" }).records).toEqual([]);
  });
});
