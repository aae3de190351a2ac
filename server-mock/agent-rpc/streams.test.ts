import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectRaw, loadMessage, type RawClient, type ServiceName } from "../../proto/index.ts";
import { memorySink, openTranscript, parseTranscript } from "../../transcript/index.ts";
import { type JournalRecord, type MockServer, startMockServer } from "../index.ts";
import { bytesField, varintField } from "./testing/wire.ts";

const DIALECTS: readonly ServiceName[] = ["trident", "agent"];
const NOTHING = Buffer.alloc(0);
const REQUEST = bytesField(21, "10.0.0.1");

let mock: MockServer;
let sink: ReturnType<typeof memorySink>;
let pushEnded: Promise<JournalRecord>;
const clients: RawClient[] = [];
beforeEach(async () => {
  sink = memorySink();
  let end: (record: JournalRecord) => void = () => {};
  pushEnded = new Promise((resolve) => (end = resolve));
  mock = await startMockServer({
    target: "v6.6",
    recorder: openTranscript(sink, () => 0).tenant("t"),
    onJournal: (record) => record.path.endsWith("/Push") && end(record),
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await mock.stop();
});

function connect(service: ServiceName): RawClient {
  const client = connectRaw({ address: mock.address, service });
  clients.push(client);
  return client;
}

/** Requests and answers on the record, in order. */
const told = () => [...parseTranscript(sink.text())].filter(({ kind }) => kind === "request" || kind === "answer");

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const messages: Buffer[] = [];
  for await (const message of stream) messages.push(message);
  return messages;
}

describe.each(DIALECTS)("on %s", (service) => {
  it("Push is silent and ends when the mock closes", async () => {
    const client = connect(service);
    const pushed = collect(client.listen("Push", REQUEST)).catch((error: unknown) => error);
    await client.call("GenesisSync", NOTHING);
    expect(await mock.stop(5_000)).toBe("drained");
    expect(await pushed).toMatchObject({ codeName: "UNAVAILABLE", details: "the server is shutting down" });
    const path = `/${service}.Synchronizer/Push`;
    const push = told().find((line) => line["path"] === path);
    expect(push).toMatchObject({ frame: [{ base64: REQUEST.toString("base64") }] });
    expect(told().find(({ kind, ...line }) => kind === "answer" && line["call"] === push?.["call"])).toMatchObject({ code: 14 });
  });

  it("Push ends when the agent leaves", async () => {
    const client = connect(service);
    const leave = new AbortController();
    const pushed = collect(client.listen("Push", REQUEST, { signal: leave.signal })).catch((error: unknown) => error);
    await client.call("GenesisSync", NOTHING);
    leave.abort();
    expect(await pushed).toMatchObject({ codeName: "CANCELLED" });
    expect((await pushEnded).answer.code).toBe(1);
    expect(await mock.stop(5_000)).toBe("drained");
    expect(told().map(({ kind, ...line }) => [kind, line["call"], line["code"]])).toEqual([
      ["request", 1, undefined],
      ["request", 2, undefined],
      ["answer", 2, 0],
      ["answer", 1, 1],
    ]);
  });

  it("Upgrade says that there is nothing to fetch, and ends", async () => {
    const messages = await collect(connect(service).listen("Upgrade", REQUEST));
    expect(messages.map((bytes) => loadMessage(service, "UpgradeResponse").deserialize(bytes))).toEqual([{ status: 1 }]);
    expect(told()[1]).toMatchObject({ kind: "answer", code: 0, base64: "CAE=" });
  });

  it.each([
    [varintField(1, 7), varintField(1, 7)],
    [Buffer.concat([bytesField(10, "platform data"), varintField(1, 300)]), varintField(1, 300)],
    [NOTHING, NOTHING],
  ])("GenesisSync echoes the version of %j", async (request, answer) => {
    expect(await connect(service).call("GenesisSync", request)).toEqual(answer);
  });

  it.each(["Sync", "Query", "GenesisSync"])("%s refuses what is no protobuf, as a Go server does", async (method) => {
    await expect(connect(service).call(method, Buffer.from("not protobuf"))).rejects.toMatchObject({
      codeName: "INTERNAL",
      details: expect.stringMatching(/^grpc: error unmarshalling request: /) as string,
    });
  });

  it("Query refuses a request without a packet", async () => {
    await expect(connect(service).call("Query", bytesField(10, "short"))).rejects.toMatchObject({
      codeName: "INVALID_ARGUMENT",
      details: "there is no NTP packet of 48 bytes in the request",
    });
  });

  it.each(["Plugin", "GPIDSync"])("%s is not there", async (method) => {
    const refused = { codeName: "UNIMPLEMENTED", details: `method ${method} is not served by this mock` };
    const client = connect(service);
    const answer = method === "Plugin" ? collect(client.listen(method, NOTHING)) : client.call(method, NOTHING);
    await expect(answer).rejects.toMatchObject(refused);
  });
});

describe("Sync", () => {
  it("answers trident with three fields and agent with a mapping, to an agent that says nothing of itself", async () => {
    const trident = loadMessage("trident", "SyncResponse").deserialize(await connect("trident").call("Sync", NOTHING));
    expect(trident).toEqual({ config: { enabled: true, kubernetes_api_enabled: false, vtap_id: 1 } });
    const agent = loadMessage("agent", "SyncResponse").deserialize(await connect("agent").call("Sync", NOTHING));
    expect(agent).toEqual({
      user_config: `global:\n  communication:\n    proxy_controller_port: ${mock.port}\n`,
      dynamic_config: { enabled: true, kubernetes_api_enabled: false, agent_id: 1 },
    });
  });

  it("takes the clock for NTP from the mock, which can be advanced", async () => {
    const packet = bytesField(10, Buffer.alloc(48, 3));
    const client = connect("agent");
    const seconds = async () => (await client.call("Query", packet)).readUInt32BE(2 + 40);
    const before = await seconds();
    mock.advanceClock(3_600_000);
    expect((await seconds()) - before).toBeGreaterThanOrEqual(3_600);
  });

  it("makes the domain of the cluster that it names", async () => {
    await using strict = await startMockServer({ domains: [] });
    const client = connectRaw({ address: strict.address, service: "agent" });
    clients.push(client);
    const answer = await client.call("Sync", bytesField(45, "d-0123456789"));
    const codec = loadMessage("agent", "SyncResponse");
    expect(codec.deserialize(answer)).toMatchObject({ dynamic_config: { kubernetes_api_enabled: true } });
    const unknown = await client.call("Sync", bytesField(45, "shop"));
    expect(codec.deserialize(unknown)).toMatchObject({ dynamic_config: { kubernetes_api_enabled: false } });
  });
});
