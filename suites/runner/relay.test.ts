import { connect, createServer, type Socket } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { memorySink, openTranscript, parseTranscript } from "../../transcript/index.ts";
import { startRelay } from "./relay.ts";

describe("startRelay", () => {
  it("passes bytes both ways, and has recorded whose they are before the first arrives", async () => {
    const sink = memorySink();
    await using transcript = openTranscript(sink, () => 0);
    const lines = () => [...parseTranscript(sink.text())];
    const seen: { peer: string; recorded: unknown }[] = [];
    const server = createServer((socket) => {
      socket.once("data", (data) => {
        seen.push({ peer: `${socket.remoteAddress}:${socket.remotePort}`, recorded: lines().at(-1)?.["peer"] });
        socket.end(`got ${String(data)}`);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    await using relay = await startRelay({
      party: "replica-2",
      listen: "127.0.0.1",
      to: { host: "127.0.0.1", port },
      recorder: transcript.tenant("a"),
    });
    const client: Socket = connect(relay.port, "127.0.0.1");
    client.write("hello");
    const [answer] = (await once(client, "data")) as [Buffer];
    expect(String(answer)).toBe("got hello");
    expect(seen).toEqual([{ peer: seen[0]?.recorded, recorded: seen[0]?.recorded }]);
    expect(lines().at(-1)).toMatchObject({ tenant: "a", side: "run", kind: "party", party: "replica-2" });
    server.close();
  });

  it("ends the connection where the server is not there", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    server.close();
    await using transcript = openTranscript(memorySink(), () => 0);
    const to = { host: "127.0.0.1", port };
    await using relay = await startRelay({ party: "replica-1", listen: "127.0.0.1", to, recorder: transcript.tenant("a") });
    const client = connect(relay.port, "127.0.0.1");
    const error = await new Promise<NodeJS.ErrnoException>((resolve) => client.once("error", resolve));
    expect(error.code).toBe("ECONNRESET");
  });
});
