import { connect as connectTcp } from "node:net";
import { createDeflate, deflateSync } from "node:zlib";
import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectSynchronizer, loadMessage, type SynchronizerClient } from "../proto/index.ts";
import { type MockServer, startMockServer } from "./index.ts";

const MEBIBYTE = 1 << 20;
const PATH = "/agent.Synchronizer/KubernetesAPISync";
const raw = (bytes: Buffer) => bytes;
const base = { clusterId: "c", version: 1n, agentId: 1 };

let mock: MockServer;
let client: SynchronizerClient;
beforeEach(async () => {
  mock = await startMockServer({ control: {} });
  client = connectSynchronizer({ address: mock.address, service: "agent" });
});
afterEach(async () => {
  // Whatever came before, a normal agent is served as ever.
  const normal = [{ type: "*v1.Pod", compressedInfo: deflateSync('{"metadata":{"uid":"u","name":"n"}}') }];
  expect(await client.kubernetesApiSync({ ...base, clusterId: "normal", entries: normal })).toEqual({ version: 1n });
  await mock.settled();
  expect(mock.objects("normal")).toEqual([{ metadata: { uid: "u", name: "n" } }]);
  expect(mock.journal({ cluster: "normal" }).records).toMatchObject([{ findings: [], examination: "done" }]);
  client.close();
  await mock.stop();
});

/** 1 GiB of zeros, never whole in memory. */
async function bomb(): Promise<Buffer> {
  const deflate = createDeflate({ level: 1 });
  const zeros = Buffer.alloc(8 * MEBIBYTE);
  const chunks: Buffer[] = [];
  deflate.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => deflate.once("end", resolve));
  for (let written = 0; written < 1024; written += 8) {
    if (!deflate.write(zeros)) await new Promise((resolve) => deflate.once("drain", resolve));
  }
  deflate.end();
  await ended;
  return Buffer.concat(chunks);
}

async function findingsOf(entries: readonly { type?: string; compressedInfo?: Uint8Array }[]): Promise<readonly string[]> {
  expect(await client.kubernetesApiSync({ ...base, entries })).toEqual({ version: 1n });
  await mock.settled();
  return mock.journal().records.flatMap((record) => record.findings.map((finding) => finding.code));
}

const pod = (text: string | Buffer) => [{ type: "*v1.Pod", compressedInfo: deflateSync(text) }];

describe("what a hostile agent sends", () => {
  it("may be a bomb of 1 GiB: the answer is as ever, the inflation is bounded", async () => {
    const compressedInfo = await bomb();
    const before = process.memoryUsage().rss;
    expect(await findingsOf([{ type: "*v1.Pod", compressedInfo }])).toEqual(["too-large"]);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * MEBIBYTE);
    expect(mock.kubernetesInfo("c")).toEqual({});
  });

  it("may be 100,000 entries", async () => {
    const [entry] = pod("{}");
    const entries = Array.from({ length: 100_000 }, () => entry ?? {});
    expect(await findingsOf(entries)).toEqual([]);
    expect(mock.cluster("c")).toMatchObject({ entryCount: 100_000, counts: { "*v1.Pod": 100_000 } });
  });

  it("may be 100,000 bad entries: the journal keeps some and counts the rest", async () => {
    const entries = Array.from({ length: 100_000 }, () => ({ type: "*v1.Pod", compressedInfo: Buffer.from("{}") }));
    expect((await findingsOf(entries)).length).toBe(200);
    expect(mock.journal().records[0]?.findingsOmitted).toBe(99_800);
  });

  it("may be JSON nested a million deep", async () => {
    const depth = 1_000_000;
    expect(await findingsOf(pod(`{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`))).toEqual(["too-deep"]);
  });

  it("may name the prototype, in types, keys and cluster_ids", async () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"metadata":{"uid":"u","name":"n"}}';
    const compressedInfo = deflateSync(text);
    const entries = ["__proto__", "constructor", "*v1.Pod"].map((type) => ({ type, compressedInfo }));
    expect(await client.kubernetesApiSync({ ...base, clusterId: "__proto__", entries })).toEqual({ version: 1n });
    expect(Object.hasOwn(mock.cluster("__proto__")?.counts ?? {}, "__proto__")).toBe(true);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const response = await fetch(`${mock.control}/v1/kubernetes-info/__proto__/`);
    expect(Object.keys((await response.json()) as object).toSorted()).toEqual(["*v1.Pod", "__proto__", "constructor"]);
    expect((await fetch(`${mock.control}/v1/clusters/constructor`)).status).toBe(404);
  });

  it("may not be UTF-8, inside and outside the entries", async () => {
    expect(await findingsOf(pod(Buffer.from('{"a":"\xff\xfe"}', "latin1")))).toEqual(["not-utf8"]);
    const frame = Buffer.concat([Buffer.from("0a02fffe", "hex"), Buffer.from("10012001", "hex")]);
    expect(await call(frame)).toBe("0800");
    const { records } = (await (await fetch(`${mock.control}/v1/journal?after=1`)).json()) as { records: object[] };
    expect(records).toMatchObject([{ request: { clusterId: "\uFFFD\uFFFD" } }]);
  });

  it("may be more than 100 MiB, which is refused as the real server refuses it", async () => {
    const limit = 100 * MEBIBYTE;
    expect(await call(Buffer.alloc(101 * MEBIBYTE))).toBe(
      `RESOURCE_EXHAUSTED: grpc: received message larger than max (${101 * MEBIBYTE} vs. ${limit})`,
    );
    expect(mock.journal().records).toMatchObject([{ answer: { code: status.RESOURCE_EXHAUSTED }, examination: "done" }]);
  });

  it("may be far beyond that, which is refused before it is read", async () => {
    await using small = await startMockServer({ maxMessageBytes: 1_000 });
    expect(await call(Buffer.alloc(10 * MEBIBYTE), small.address)).toMatch(
      /^RESOURCE_EXHAUSTED: Received message larger than max/,
    );
  });

  it.each([
    ["no protobuf", Buffer.from("hello")],
    ["an entry that is no protobuf", Buffer.from("0a0163100120015201ff", "hex")],
    ["groups without end", Buffer.alloc(MEBIBYTE, 0x0b)],
  ])("may be %s, which a Go server fails to unmarshal", async (_name, frame) => {
    expect(await call(frame)).toMatch(/^INTERNAL: grpc: error unmarshalling request: /);
    expect(mock.clusters()).toEqual([]);
  });

  it("may be half a request and then a reset", async () => {
    const socket = connectTcp(mock.port, mock.host);
    await new Promise((resolve) => socket.once("connect", resolve));
    const settings = Buffer.from("000000040000000000", "hex");
    const halfAFrame = Buffer.from("0000ff0104000000018387", "hex");
    socket.write(Buffer.concat([Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), settings, halfAFrame]));
    await new Promise((resolve) => socket.once("data", resolve));
    socket.resetAndDestroy();
  });

  it("may be 200 connections that say nothing", async () => {
    const sockets = Array.from({ length: 200 }, () => connectTcp(mock.port, mock.host).resume());
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
    expect(await client.kubernetesApiSync({ ...base, entries: pod("{}") })).toEqual({ version: 1n });
    const closed = sockets.map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  });

  it("may be names of many clusters and agents, of which the oldest give way", async () => {
    const one = loadMessage("agent", "KubernetesAPISyncRequest");
    const calls = Array.from({ length: 300 }, (_, id) => one.serialize({ cluster_id: "c", version: "1", agent_id: id + 1 }));
    for (const frame of calls) await call(frame);
    const agents = mock.cluster("c")?.agents ?? [];
    expect(agents).toHaveLength(256);
    expect(agents.at(-1)?.agentId).toBe(300);
  });
});

const shared = new Map<string, Client>();
afterEach(() => {
  for (const open of shared.values()) open.close();
  shared.clear();
});

/** The answer in hex, or `CODE: details`. */
async function call(frame: Buffer, address = mock.address): Promise<string> {
  const used = shared.get(address) ?? new Client(address, credentials.createInsecure(), { "grpc.max_send_message_length": -1 });
  shared.set(address, used);
  return new Promise((resolve) => {
    const answered = (error: ServiceError | null, answer?: Buffer) =>
      resolve(error ? `${status[error.code]}: ${error.details}` : (answer ?? Buffer.alloc(0)).toString("hex"));
    used.makeUnaryRequest(PATH, raw, raw, frame, new Metadata(), answered);
  });
}
