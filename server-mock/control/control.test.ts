import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectSynchronizer, type SynchronizerClient } from "../../proto/index.ts";
import { type MockServer, startMockServer } from "../index.ts";

const text = '{"metadata":{"uid":"u1","name":"p","labels":{"n":12345678901234567890}}}';
const entries = [
  { type: "*v1.Pod", compressedInfo: deflateSync(text) },
  { type: "*v1.Node", compressedInfo: deflateSync("{}") },
];
const beat = { clusterId: "a/b", version: 7n, agentId: 1, sourceIp: "10.0.0.1" };
const ID = encodeURIComponent(beat.clusterId);

let mock: MockServer;
let client: SynchronizerClient;
beforeEach(async () => {
  mock = await startMockServer({ control: {} });
  client = connectSynchronizer({ address: mock.address, service: "agent" });
});
afterEach(async () => {
  client.close();
  await mock.stop();
});

async function ask(path: string, init?: RequestInit): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${mock.control}${path}`, init);
  return { status: response.status, body: await response.json() };
}
const post = (path: string, body: string) => ask(path, { method: "POST", body });

describe("the control API", () => {
  it("says that the mock is ready, and where", async () => {
    expect(await ask("/healthz")).toEqual({ status: 200, body: { status: "ready", grpc: mock.address, target: "v7.1" } });
  });

  it("shows a cluster, its objects and their texts", async () => {
    await client.kubernetesApiSync({ ...beat, entries });
    const shown = { clusterId: "a/b", heldVersion: "7", entryCount: 2, counts: { "*v1.Pod": 1, "*v1.Node": 1 } };
    expect(await ask(`/v1/clusters/${ID}`)).toMatchObject({ status: 200, body: shown });
    expect(await ask("/v1/clusters")).toMatchObject({ status: 200, body: [shown] });
    expect((await ask(`/v1/clusters/${ID}/objects?type=*v1.Node`)).body).toEqual([{}]);
    expect((await ask(`/v1/kubernetes-info/${ID}/`)).body).toEqual({ "*v1.Pod": [text], "*v1.Node": ["{}"] });
    expect(await ask("/v1/clusters/nobody")).toMatchObject({ status: 404 });
    expect(await ask("/v1/kubernetes-info/nobody/")).toMatchObject({ status: 404 });
    expect(await ask("/v1/nonsense")).toMatchObject({ status: 404 });
  });

  it("gives the journal with its findings read", async () => {
    await client.kubernetesApiSync({ ...beat, entries: [{ type: "*v1.Pod", compressedInfo: Buffer.from("{}") }] });
    await client.kubernetesApiSync(beat);
    expect((await ask(`/v1/journal?cluster=${ID}`)).body).toMatchObject({
      dropped: 0,
      records: [
        { id: 1, examination: "done", findings: [{ code: "plain", entry: 0 }] },
        { id: 2, answer: { row: "7" } },
      ],
    });
    expect((await ask("/v1/journal?after=1")).body).toMatchObject({ records: [{ id: 2 }] });
    expect(await ask("/v1/journal?after=x")).toMatchObject({ status: 400 });
  });

  it("moves the clock and forgets, for one cluster or all", async () => {
    await client.kubernetesApiSync({ ...beat, entries });
    expect(await post("/v1/clock/advance", '{"ms": 86400000, "cluster": "other"}')).toMatchObject({ status: 200 });
    expect(await client.kubernetesApiSync(beat)).toEqual({ version: 7n });
    await post("/v1/clock/advance", '{"ms": 86400000}');
    expect(await client.kubernetesApiSync(beat)).toEqual({ version: 0n });
    expect(await post("/v1/reset", '{"cluster": "other"}')).toEqual({ status: 200, body: { reset: "other" } });
    expect(mock.clusters()).toHaveLength(1);
    expect(await post("/v1/reset", "")).toEqual({ status: 200, body: { reset: "all" } });
    expect(mock.clusters()).toEqual([]);
  });

  it.each([
    [
      "status",
      '{"fault": "status", "code": 14, "details": "x", "times": 2, "skip": 1, "when": "entries", "cluster": "c", "agent": 7, "chance": 0.5}',
    ],
    ["delay", '{"fault": "delay", "ms": 5}'],
    ["answer-version", '{"fault": "answer-version", "version": "18446744073709551615"}'],
    ["answer-version", '{"fault": "answer-version", "version": null}'],
    ["lose-answer", '{"fault": "lose-answer"}'],
    ["drop", '{"fault": "drop"}'],
    ["silence", '{"fault": "silence", "accept": true}'],
    ["cut-request", '{"fault": "cut-request", "when": "entries"}'],
  ])("scripts %s and takes it away", async (_fault, body) => {
    expect(await post("/v1/faults", body)).toEqual({ status: 201, body: { id: 1 } });
    expect((await ask("/v1/faults")).body).toMatchObject([{ id: 1, spec: JSON.parse(body) as object }]);
    expect((await ask("/v1/faults", { method: "DELETE" })).body).toEqual({ removed: 1 });
    expect(mock.faults()).toEqual([]);
  });

  it.each([
    ["/v1/faults", "", "not JSON"],
    ["/v1/faults", "[]", "not an object"],
    ["/v1/faults", "{}", "fault is missing"],
    ["/v1/faults", '{"fault": "__proto__"}', "must be one of"],
    ["/v1/faults", '{"fault": "status"}', "code is missing"],
    ["/v1/faults", '{"fault": "status", "code": 0}', "from 1 to 16"],
    [
      "/v1/faults",
      '{"fault": "status", "code": 14, "tims": 2}',
      "it may have fault, cluster, agent, when, skip, times, chance, code, details",
    ],
    ["/v1/faults", '{"fault": "drop", "times": 0}', "times is 0"],
    ["/v1/faults", '{"fault": "drop", "when": "always"}', '"heartbeat"'],
    ["/v1/faults", '{"fault": "drop", "cluster": 5}', "cluster is 5"],
    ["/v1/faults", '{"fault": "drop", "agent": -1}', "agent is -1"],
    ["/v1/faults", '{"fault": "drop", "chance": 1.5}', "chance is 1.5"],
    ["/v1/faults", '{"fault": "answer-version", "version": "18446744073709551616"}', "decimal string"],
    ["/v1/faults", '{"fault": "answer-version"}', "version is missing"],
    ["/v1/clock/advance", '{"ms": "1"}', 'ms is "1"'],
    ["/v1/clock/advance", '{"ms": -1}', "ms is -1"],
    ["/v1/reset", '{"clusters": "a"}', '"clusters"'],
  ])("refuses %s %s and says how to mend it", async (path, body, named) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(400);
    expect((answer.body as { error: string }).error).toContain(named);
    expect(mock.faults()).toEqual([]);
  });

  it("refuses a body without end", async () => {
    const response = await fetch(`${mock.control}/v1/faults`, { method: "POST", body: "x".repeat(100_000) });
    expect(response.status).toBe(413);
  });

  it("counts for Prometheus, with labels that no client chooses", async () => {
    await client.kubernetesApiSync({ ...beat, entries });
    await client.kubernetesApiSync({ ...beat, version: 8n });
    const read = async () => (await fetch(`${mock.control}/metrics`)).text();
    await read();
    const metrics = await read();
    expect(metrics).toContain('deepflow_mock_calls_total{method="KubernetesAPISync",code="OK"} 2');
    expect(metrics).toContain('deepflow_mock_sync_decisions_total{row="6"} 1');
    expect(metrics).toContain("deepflow_mock_clusters 1");
    expect(metrics).toContain("deepflow_mock_connections 1");
    expect(metrics).not.toContain("a/b");
  });
});
