import { connect, createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { connectSynchronizer } from "../proto/index.ts";
import { memorySink, openTranscript, parseTranscript } from "../transcript/index.ts";
import { startMockServer } from "./index.ts";

const beat = { clusterId: "c", version: 1n, agentId: 1 };

describe("startMockServer", () => {
  it("names a port that is taken, for either listener", async () => {
    await using first = await startMockServer({ control: {} });
    await expect(startMockServer({ port: first.port })).rejects.toMatchObject({
      name: "MockServerError",
      code: "port-taken",
      message: expect.stringContaining(`${first.host}:${first.port} is taken`) as string,
    });
    const control = { port: Number(new URL(first.control ?? "").port) };
    await expect(startMockServer({ control })).rejects.toMatchObject({ code: "port-taken" });
  });

  it("leaves no port behind when its control API cannot start", async () => {
    await using first = await startMockServer({ control: {} });
    const probe = createServer().listen(0, "127.0.0.1");
    const port = await new Promise<number>((resolve) =>
      probe.once("listening", () => resolve((probe.address() as { port: number }).port)),
    );
    await new Promise((resolve) => probe.close(resolve));
    const control = { port: Number(new URL(first.control ?? "").port) };
    await expect(startMockServer({ port, control })).rejects.toMatchObject({ code: "port-taken" });
    await using second = await startMockServer({ port });
    expect(second.port).toBe(port);
  });

  it.each([
    [{ port: 70_000 }, "port"],
    [{ maxMessageBytes: 0 }, "maxMessageBytes"],
    [{ journalLimit: -1 }, "journalLimit"],
    [{ ageingMs: 0.5 }, "ageingMs"],
  ])("refuses %j", async (options, named) => {
    await expect(startMockServer(options)).rejects.toMatchObject({
      code: "bad-option",
      message: expect.stringContaining(named) as string,
    });
  });

  it("cannot listen on an address that is not its own", async () => {
    await expect(startMockServer({ host: "192.0.2.1" })).rejects.toMatchObject({ code: "cannot-listen" });
  });

  it("ages as the option says", async () => {
    await using mock = await startMockServer({ ageingMs: 1_000 });
    const client = connectSynchronizer({ address: mock.address, service: "agent" });
    await client.kubernetesApiSync({ ...beat, entries: [{}] });
    mock.advanceClock(1_000);
    expect(await client.kubernetesApiSync(beat)).toEqual({ version: 0n });
    client.close();
  });
});

describe("stop", () => {
  it("drains idle connections, and says the same when asked again", async () => {
    const mock = await startMockServer();
    const client = connectSynchronizer({ address: mock.address, service: "agent" });
    await client.kubernetesApiSync(beat);
    expect(await mock.stop()).toBe("drained");
    expect(await mock.stop()).toBe("drained");
    await expect(client.kubernetesApiSync(beat)).rejects.toMatchObject({ codeName: "UNAVAILABLE" });
    client.close();
  });

  it("ends open calls with UNAVAILABLE", async () => {
    const mock = await startMockServer();
    const client = connectSynchronizer({ address: mock.address, service: "agent" });
    mock.addFault({ fault: "silence", accept: true });
    const open = client.kubernetesApiSync({ ...beat, entries: [{}] });
    await untilKnown(mock, client);
    const [how, answer] = await Promise.all([mock.stop(), open.catch((error: unknown) => error)]);
    expect(how).toBe("drained");
    expect(answer).toMatchObject({ codeName: "UNAVAILABLE", details: "the server is shutting down" });
    client.close();
  });

  it("cuts connections that speak no HTTP/2, and a new server has the port at once", async () => {
    const mock = await startMockServer();
    const idle = connect(mock.port, mock.host).resume();
    await new Promise((resolve) => idle.once("connect", resolve));
    const closed = new Promise((resolve) => idle.once("close", resolve));
    await mock.stop(100);
    await closed;
    await using next = await startMockServer({ port: mock.port });
    expect(next.port).toBe(mock.port);
  });

  it("lets agents come back after every connection was cut", async () => {
    await using mock = await startMockServer();
    const client = connectSynchronizer({ address: mock.address, service: "agent" });
    await client.kubernetesApiSync({ ...beat, entries: [{}] });
    mock.cutConnections();
    const again = () => client.kubernetesApiSync(beat);
    expect(await again().catch(again)).toEqual({ version: 1n });
    client.close();
  });

  it("sends its clients away without a call failing, and takes them back", async () => {
    const sink = memorySink();
    await using mock = await startMockServer({ recorder: openTranscript(sink).tenant("t") });
    expect(mock.sendAway()).toBe(0);
    const client = connectSynchronizer({ address: mock.address, service: "agent" });
    mock.addFault({ fault: "delay", ms: 50, when: "entries" });
    const open = client.kubernetesApiSync({ ...beat, entries: [{}] });
    await client.kubernetesApiSync(beat);
    expect(mock.sendAway()).toBe(1);
    expect(await open).toEqual({ version: 1n });
    expect(await client.kubernetesApiSync(beat)).toEqual({ version: 1n });
    const connections = [...parseTranscript(sink.text())].filter(
      ({ kind, event }) => kind === "connection" && event === "opened",
    );
    expect(connections).toHaveLength(2);
    expect(faultEvents(sink.text())).toEqual(["scripted", "fired", "scripted", "fired"]);
    client.close();
  });

  it("lets nobody through while it is down, and everybody once it is back", async () => {
    const sink = memorySink();
    await using mock = await startMockServer({ recorder: openTranscript(sink).tenant("t") });
    const client = connectSynchronizer({ address: mock.address, service: "agent" });
    await client.kubernetesApiSync({ ...beat, entries: [{}] });
    mock.goDown();
    mock.goDown();
    await expect(client.kubernetesApiSync(beat)).rejects.toMatchObject({ codeName: "UNAVAILABLE" });
    mock.comeBack();
    mock.comeBack();
    const other = connectSynchronizer({ address: mock.address, service: "agent" });
    expect(await other.kubernetesApiSync(beat)).toEqual({ version: 1n });
    expect(faultEvents(sink.text())).toEqual(["scripted", "fired", "removed"]);
    client.close();
    other.close();
  });

  it("tells an outage that hits its first connection late, and cuts that hit none", async () => {
    const sink = memorySink();
    await using mock = await startMockServer({ recorder: openTranscript(sink).tenant("t") });
    expect(mock.cutConnections()).toBe(0);
    mock.goDown();
    expect(faultEvents(sink.text())).toEqual(["scripted"]);
    const client = connectSynchronizer({ address: mock.address, service: "agent" });
    await expect(client.kubernetesApiSync(beat)).rejects.toMatchObject({ codeName: "UNAVAILABLE" });
    expect(faultEvents(sink.text())).toEqual(["scripted", "fired"]);
    client.close();
  });
});

function faultEvents(text: string): readonly unknown[] {
  return [...parseTranscript(text)].filter(({ kind }) => kind === "fault").map((line) => line["event"]);
}

/** The silent call arrived once a second one on the same connection was answered. */
async function untilKnown(mock: { cluster(id: string): unknown }, client: ReturnType<typeof connectSynchronizer>): Promise<void> {
  await client.kubernetesApiSync(beat);
  expect(mock.cluster("c")).toMatchObject({ heldVersion: "1" });
}
