import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import { servingCertificate } from "../tls/certificates.ts";
import { ExchangeSignal } from "./exchange-signal.ts";
import type { Upstream } from "./types.ts";
import { UpstreamClient } from "./upstream.ts";

/** @param reset resets the connection (TCP RST) */
type Answer = (reply: ServerResponse, reset: () => void) => void;

const WHOLE: Answer = (reply) => void reply.end("{}");
const NOTHING: Answer = (_reply, reset) => reset();
const HALF: Answer = (reply, reset) => {
  reply.writeHead(200, { "content-length": "10" });
  reply.write("{", reset);
};

/** A client of a server that answers its requests one after the other as is said, and the last answer to all that follow. */
async function inFrontOf(answers: readonly Answer[], upstream: Partial<Upstream> = {}) {
  const { certPem, keyPem, caPem } = servingCertificate(["api.example"]);
  const asked: { readonly method: string | undefined; readonly name: unknown }[] = [];
  const connections = new Map<number | undefined, Socket>(); // TLS hides them, and only they can be reset
  const server = createServer({ cert: certPem, key: keyPem }, (request, reply) => {
    asked.push({ method: request.method, name: (request.socket as TLSSocket).servername });
    answers[Math.min(asked.length, answers.length) - 1]?.(
      reply,
      () => void connections.get(request.socket.remotePort)?.resetAndDestroy(),
    );
  });
  server.on("connection", (socket: Socket) => connections.set(socket.remotePort, socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = new UpstreamClient({ url: `https://127.0.0.1:${port}`, caPem, ...upstream });
  return {
    asked,
    send: (method: string) => client.send({ method, target: "/", headers: {}, signal: new ExchangeSignal() }),
    async [Symbol.asyncDispose]() {
      client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads an answer to its end, so that its connection is free. */
async function read(answer: IncomingMessage): Promise<void> {
  answer.resume();
  await new Promise((resolve) => answer.on("close", resolve));
}

describe("a request to the API server", () => {
  it("is sent again where the connection that it took up was closed already", async () => {
    await using run = await inFrontOf([WHOLE, NOTHING, WHOLE]);
    await read(await run.send("GET"));
    const answer = await run.send("GET");
    await read(answer);
    expect([answer.statusCode, run.asked.length]).toEqual([200, 3]);
  });

  it("is sent again once, and on whatever connection", async () => {
    await using run = await inFrontOf([WHOLE, WHOLE, NOTHING, NOTHING, WHOLE]);
    await Promise.all((await Promise.all([run.send("GET"), run.send("GET")])).map(read));
    await expect(run.send("GET")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(run.asked.length).toBe(4);
  });

  it("is not sent again where it may change something", async () => {
    await using run = await inFrontOf([WHOLE, NOTHING, WHOLE]);
    await read(await run.send("POST"));
    await expect(run.send("POST")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(run.asked.length).toBe(2);
  });

  it("fails where a new connection is reset", async () => {
    await using run = await inFrontOf([NOTHING, WHOLE]);
    await expect(run.send("GET")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(run.asked.length).toBe(1);
  });

  it("is not sent again once it is being answered", async () => {
    await using run = await inFrontOf([WHOLE, HALF, WHOLE]);
    await read(await run.send("GET"));
    const answer = await run.send("GET");
    await read(answer);
    expect([answer.complete, run.asked.length]).toEqual([false, 2]);
  });

  it.each<[string, Partial<Upstream>, unknown]>([
    ["the name that it is verified by", { serverName: "api.example" }, "api.example"],
    ["no name where its address is none", {}, false],
  ])("tells the server %s", async (_name, upstream, name) => {
    await using run = await inFrontOf([WHOLE], upstream);
    await read(await run.send("GET"));
    expect(run.asked).toEqual([{ method: "GET", name }]);
  });
});
