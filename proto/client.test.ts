import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { afterEach, describe, expect, it } from "vitest";
import { connectSynchronizer, RpcError, type SynchronizerClient } from "./client.ts";
import type { ServiceName } from "./load.ts";

const raw = (bytes: Buffer) => bytes;
type Handler = (frame: Buffer, answer: sendUnaryData<Buffer>) => void;

const servers: Server[] = [];
const clients: SynchronizerClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  for (const server of servers.splice(0)) server.forceShutdown();
});

async function serve(handler: Handler, service: ServiceName = "agent", port = 0): Promise<{ server: Server; port: number }> {
  const server = new Server({ "grpc.max_receive_message_length": -1 });
  servers.push(server);
  const native = (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => handler(call.request, answer);
  for (const method of ["KubernetesAPISync", "GetKubernetesClusterID"]) {
    server.register(`/${service}.Synchronizer/${method}`, native, raw, raw, "unary");
  }
  const bound = await new Promise<number>((resolve, reject) => {
    const done = (error: Error | null, taken: number) => (error ? reject(error) : resolve(taken));
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), done);
  });
  return { server, port: bound };
}

function connect(port: number, service: ServiceName = "agent"): SynchronizerClient {
  const client = connectSynchronizer({ address: `127.0.0.1:${port}`, service });
  clients.push(client);
  return client;
}

const answerWith =
  (hex: string): Handler =>
  (_frame, answer) =>
    answer(null, Buffer.from(hex, "hex"));

describe("connectSynchronizer", () => {
  it.each<[ServiceName, Parameters<SynchronizerClient["kubernetesApiSync"]>[0], string]>([
    ["agent", {}, ""],
    [
      "agent",
      { clusterId: "", version: 0n, errorMsg: "", agentId: 0, sourceIp: "", teamId: "", entries: [] },
      "0a0010001a0020002a003200",
    ],
    ["trident", { version: 2n ** 64n - 1n, agentId: 2 ** 32 - 1 }, "10ffffffffffffffffff0120ffffffff0f"],
    ["agent", { entries: [{}, { type: "" }, { info: "i", compressedInfo: Buffer.from("c") }] }, "520052020a0052061201691a0163"],
  ])("sends on %s what is there and nothing else (case %#)", async (service, message, hex) => {
    let seen = "";
    const { port } = await serve((frame, answer) => {
      seen = frame.toString("hex");
      answer(null, Buffer.alloc(0));
    }, service);
    await connect(port, service).kubernetesApiSync(message);
    expect(seen).toBe(hex);
  });

  it.each([
    ["", {}],
    ["0800", { version: 0n }],
    ["08ffffffffffffffffff01", { version: 2n ** 64n - 1n }],
  ])("tells an absent version from zero: %s", async (hex, expected) => {
    const { port } = await serve(answerWith(hex));
    expect(await connect(port).kubernetesApiSync({})).toEqual(expected);
  });

  it.each([
    ["1203642d61", { clusterId: "d-a" }],
    ["0a0362616412", undefined],
    ["0a03626164", { errorMsg: "bad" }],
  ])("reads the answer to GetKubernetesClusterID: %s", async (hex, expected) => {
    const { port } = await serve(answerWith(hex));
    const answer = connect(port).getKubernetesClusterId({ caMd5: "m" });
    if (expected) expect(await answer).toEqual(expected);
    else await expect(answer).rejects.toBeInstanceOf(RpcError);
  });

  it("rejects with code and details of the status", async () => {
    const { port } = await serve((_frame, answer) => answer({ code: status.RESOURCE_EXHAUSTED, details: "full" }));
    const error = await connect(port)
      .kubernetesApiSync({})
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RpcError);
    expect(error).toMatchObject({ code: 8, codeName: "RESOURCE_EXHAUSTED", details: "full" });
  });

  it("sends requests larger than 4 MiB", async () => {
    let length = 0;
    const { port } = await serve((frame, answer) => {
      length = frame.length;
      answer(null, Buffer.alloc(0));
    });
    await connect(port).kubernetesApiSync({ entries: [{ compressedInfo: Buffer.alloc(8_000_000) }] });
    expect(length).toBeGreaterThan(8_000_000);
  });

  it("stops waiting when it is told to, before and after sending", async () => {
    let arrived: () => void = () => {};
    const inside = new Promise<void>((resolve) => (arrived = resolve));
    const { port } = await serve(() => arrived());
    const client = connect(port);
    const controller = new AbortController();
    const open = client.kubernetesApiSync({}, { signal: controller.signal });
    const outcome = expect(open).rejects.toMatchObject({ codeName: "CANCELLED" });
    await inside;
    controller.abort();
    await outcome;
    await expect(client.kubernetesApiSync({}, { signal: controller.signal })).rejects.toMatchObject({ codeName: "CANCELLED" });
  });

  it("takes a new connection after a call that ran out of time", async () => {
    let calls = 0;
    const { port } = await serve((_frame, answer) => {
      calls += 1;
      if (calls > 1) answer(null, Buffer.from("0801", "hex"));
    });
    const client = connect(port);
    await expect(client.kubernetesApiSync({}, { timeoutMs: 100 })).rejects.toMatchObject({ codeName: "DEADLINE_EXCEEDED" });
    expect(await client.kubernetesApiSync({})).toEqual({ version: 1n });
  });

  it("finds a server again that restarted on its port", async ({ signal }) => {
    const first = await serve(answerWith("0801"));
    const client = connect(first.port);
    await client.kubernetesApiSync({});
    first.server.forceShutdown();
    await expect(client.kubernetesApiSync({})).rejects.toMatchObject({ codeName: "UNAVAILABLE" });
    await serve(answerWith("0802"), "agent", first.port);
    let answer: { version?: bigint } | undefined;
    // Until the client's back-off is over, each call is refused at once.
    while (!answer && !signal.aborted) {
      answer = await client.kubernetesApiSync({}, { timeoutMs: 10_000 }).catch(() => undefined);
      if (!answer) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(answer).toEqual({ version: 2n });
  });

  it("refuses calls once it is closed", async () => {
    const { port } = await serve(answerWith("0801"));
    const client = connect(port);
    client.close();
    await expect(client.kubernetesApiSync({})).rejects.toMatchObject({ codeName: "CANCELLED" });
  });
});
