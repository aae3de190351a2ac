import { Buffer } from "node:buffer";
import { once } from "node:events";
import { request as httpsRequest, createServer, type Server } from "node:https";

import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:tls";
import { describe, expect, it } from "vitest";
import { ContractClient } from "../contract/client.ts";
import { servingCertificate } from "../tls/certificates.ts";
import { startApiProxy } from "./start.ts";
import { configMap, Lines, namesIn, PROTOCOLS, setUp, told } from "./testing.ts";
import type { ApiProxyOptions, Sightings } from "./types.ts";

const LIST = "/api/v1/configmaps";
/** Of 60 kB, for a watch that nobody reads. */
const EVENTS = 500;
const JSON_TYPE = { "content-type": "application/json" };

/** The proxy in front of an API server that does what a test says. */
async function inFrontOf(listener: RequestListener, options: Partial<ApiProxyOptions> = {}) {
  const { certPem, keyPem, caPem } = servingCertificate();
  const server: Server = createServer({ cert: certPem, key: keyPem }, listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const lines = new Lines();
  const upstream = { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/base/`, caPem };
  const proxy = await startApiProxy({ upstream, recorder: lines.transcript.tenant("t"), ...options });
  const agent = new ContractClient(proxy.url, proxy.caPem, "agent-token");
  return {
    proxy,
    lines,
    agent,
    server,
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
      server.closeAllConnections();
      server.close();
    },
  };
}

describe.each(PROTOCOLS)("the proxy, with an agent over %s", (protocol) => {
  it("passes on what is asked, below the server's path, with the agent's own credentials", async () => {
    const seen: unknown[] = [];
    await using run = await inFrontOf((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { authorization, accept, connection } = request.headers;
        seen.push([request.method, request.url, authorization, accept, connection, Buffer.concat(chunks).toString()]);
        response.writeHead(201, { ...JSON_TYPE, "x-of-the-server": "yes", connection: "keep-alive, x-hop", "x-hop": "1" });
        response.end("{}");
      });
    });
    const headers = { accept: "application/vnd.kubernetes.protobuf, application/json;q=0.5" };
    const posted = await run.agent.call(`${LIST}?dryRun=All`, { protocol, method: "POST", body: { a: 1 }, headers });
    expect([posted.status, posted.headers["x-of-the-server"], posted.headers["x-hop"], posted.text]).toEqual([
      201,
      "yes",
      undefined,
      "{}",
    ]);
    await run.agent.call(LIST, { protocol, headers });
    await run.agent.call(`${LIST}/x`, { protocol, method: "DELETE" });
    expect(seen).toEqual([
      ["POST", `/base${LIST}?dryRun=All`, "Bearer agent-token", headers.accept, "keep-alive", '{"a":1}'],
      ["GET", `/base${LIST}`, "Bearer agent-token", "application/json;q=0.5", "keep-alive", ""],
      ["DELETE", `/base${LIST}/x`, "Bearer agent-token", undefined, "keep-alive", ""],
    ]);
  });

  it("answers 502 while the server is away, and serves on once it is back", async () => {
    await using run = await setUp(protocol);
    const { url, caPem } = await gone();
    await using proxy = await startApiProxy({ upstream: { url, caPem }, recorder: run.lines.transcript.tenant("t") });
    await using agent = new ContractClient(proxy.url, proxy.caPem, "t");
    const answer = await agent.call(LIST, { protocol });
    expect([answer.status, answer.json["kind"]]).toEqual([502, "Status"]);
    expect(answer.json["message"]).toMatch(/ECONNREFUSED/);
    expect(await run.lines.await("end")).toMatchObject({ status: 502, reason: "server" });
  });

  it("breaks off where the server does", async () => {
    await using run = await inFrontOf((request, response) => {
      response.writeHead(200, { ...JSON_TYPE, ...(request.url?.includes("watch") ? {} : { "content-length": "100" }) });
      response.write('{"type":"ADDED","object":{"metadata":{"name":"a","uid":"u","resourceVersion":"1"}}}\n', () =>
        setImmediate(() => response.destroy()),
      );
    });
    const watch = await run.agent.watch(`${LIST}?watch=1`, { protocol });
    expect((await watch.rest()).map(told)).toEqual(["ADDED a"]);
    expect(watch.endedCleanly).toBe(false);
    const list = await run.agent.watch(LIST, { protocol }).catch(() => undefined);
    await list?.rest();
    expect(list?.endedCleanly ?? false).toBe(false);
    await run.lines.await("end", ({ req }) => req === 2);
    expect(run.lines.of("end").map(({ reason }) => reason)).toEqual(["server", "server"]);
    expect(run.lines.of("page")).toEqual([]);
  });

  it("passes a page on as it comes, and has it recorded when the agent has it all", async () => {
    const [begun, rest] = ['{"kind":"ConfigMapList","items":[{"a":"b"},', `{"b":"${"x".repeat(200_000)}"}]}`];
    let goOn = () => {};
    await using run = await inFrontOf((_request, response) => {
      response.writeHead(200, JSON_TYPE).write(begun);
      goOn = () => void response.write(rest, () => response.end("\n"));
    });
    const list = await run.agent.watch(LIST, { protocol }); // there with the first piece, for the server has sent no other
    expect(run.lines.of("page")).toEqual([]);
    goOn();
    await list.rest();
    expect([list.endedCleanly, list.received, run.lines.of("page").length]).toEqual([true, begun.length + rest.length + 1, 1]);
    await run.lines.await("end");
    expect(run.lines.all.flatMap(({ kind }) => (["page", "end"].includes(kind) ? [kind] : []))).toEqual(["page", "end"]);
  });

  it("passes on what it cannot read, and says that it is not in the record", async () => {
    const troubles: string[] = [];
    await using run = await inFrontOf(
      (request, response) => {
        if (request.url?.includes("watch=1"))
          response.writeHead(200, JSON_TYPE).end('{"type":"ADDED","object":{"meta\nnonsense\n');
        else if (request.url?.includes("secrets"))
          response.writeHead(200, { "content-type": "application/vnd.kubernetes.protobuf" }).end("k8s\0");
        else response.writeHead(200, JSON_TYPE).end('{"kind":"ConfigMapList","items":[{"metadata":');
      },
      { onTrouble: (message) => troubles.push(message) },
    );
    expect((await run.agent.call(LIST, { protocol })).text).toBe('{"kind":"ConfigMapList","items":[{"metadata":');
    expect((await run.agent.call(`${LIST}?watch=1`, { protocol })).text).toBe('{"type":"ADDED","object":{"meta\nnonsense\n');
    const headers = { accept: "application/vnd.kubernetes.protobuf" };
    for (let time = 0; time < 2; time += 1) {
      expect((await run.agent.call("/api/v1/secrets", { protocol, headers })).text).toBe("k8s\0");
    }
    await run.lines.await("end", ({ req }) => req === 4);
    expect(run.lines.of("end").map(({ unread }) => typeof unread)).toEqual(["string", "string", "string", "string"]);
    expect(run.lines.of("end")[2]).toMatchObject({ unread: "application/vnd.kubernetes.protobuf" });
    expect([...run.lines.of("page"), ...run.lines.of("event")]).toEqual([]);
    expect(troubles).toEqual([
      expect.stringMatching(/secrets were answered as application\/vnd\.kubernetes\.protobuf.*contract\/1\.0/),
    ]);
  });

  it("ends the request to the server when the agent leaves", async () => {
    const left: Promise<unknown>[] = [];
    await using run = await inFrontOf((request, response) => {
      left.push(once(response, "close"));
      if (request.url?.includes("watch")) response.writeHead(200, JSON_TYPE).flushHeaders();
    });
    const watch = await run.agent.watch(`${LIST}?watch=1`, { protocol });
    const list = run.agent.call(LIST, { protocol });
    await run.lines.await("request", ({ req }) => req === 2);
    watch.close();
    await run.agent[Symbol.asyncDispose]();
    await expect(list).rejects.toThrow();
    await run.lines.await("end", ({ req }) => req === 1);
    await run.lines.await("end", ({ req }) => req === 2);
    await Promise.all(left);
    expect(run.lines.of("end").map(({ reason }) => reason)).toEqual(["client", "client"]);
  });

  it("reads a watch no faster than its agent does", async () => {
    let written = 0;
    await using run = await inFrontOf((request, response) => {
      response.writeHead(200, JSON_TYPE);
      const object = { metadata: { name: "a", uid: "u", resourceVersion: "1" }, filler: "x".repeat(60_000) };
      const line = `${JSON.stringify({ type: "ADDED", object })}\n`;
      const pump = () => {
        while (written < EVENTS) {
          written += 1;
          if (response.write(line)) continue;
          response.once("drain", pump);
          return;
        }
        response.end();
      };
      if (request.url?.includes("watch")) pump();
      else response.end("{}");
    });
    const watch = await run.agent.watch(`${LIST}?watch=1`, { protocol });
    watch.pause();
    // Time enough for a server that nobody holds up.
    for (let other = 0; other < 50; other += 1) await run.agent.call("/version", { protocol: "h1" });
    // The most waits at the server; what is on the way fits into the buffers of two connections.
    expect(written).toBeLessThan(EVENTS / 2);
    watch.resume();
    expect(await watch.rest()).toHaveLength(EVENTS);
    expect(run.lines.of("event")).toHaveLength(EVENTS);
  });

  it("passes a page of any size on to an agent that does not read it at once", async () => {
    const item = JSON.stringify({ metadata: { name: "a", uid: "u", resourceVersion: "1" }, filler: "x".repeat(60_000) });
    const body = `{"kind":"ConfigMapList","apiVersion":"v1","metadata":{},"items":[${Array.from({ length: 80 }, () => item).join()}]}`;
    await using run = await inFrontOf((request, response) => {
      response.writeHead(200, JSON_TYPE).end(request.url?.includes("version") ? "{}" : body);
    });
    const list = await run.agent.watch(LIST, { protocol });
    list.pause();
    // The proxy fills what may wait for the agent, and then waits itself.
    for (let other = 0; other < 20; other += 1) await run.agent.call("/version", { protocol: "h1" });
    list.resume();
    await list.rest();
    expect([list.endedCleanly, list.received]).toEqual([true, body.length]);
    expect(run.lines.of("page").map(({ items }) => (items as unknown[]).length)).toEqual([80]);
  });

  it("tells of what came before the agent has it, whether a fault swallows it or not", async () => {
    const heard: string[] = [];
    const sightings: Sightings = {
      listed: (resource, { namespace, resourceVersion, items, whole }) =>
        heard.push(
          `${resource} of ${namespace ?? "all"} at ${resourceVersion}: ${items.map(({ name }) => name).join("")} ${whole?.size ?? "-"}`,
        ),
      event: (resource, type, { name, namespace, object }) =>
        heard.push(`${type} ${resource} ${namespace}/${name} ${JSON.stringify(object["data"])}`),
    };
    await using run = await setUp(protocol, { proxy: { sightings } });
    const page = await run.call(`${LIST}?limit=2`);
    await run.call(`${LIST}?limit=2&continue=${(page.json["metadata"] as { continue: string }).continue}`);
    await run.call("/api/v1/namespaces/default/configmaps");
    await run.call(`${LIST}?labelSelector=x%21%3Dy`);
    await run.call("/api/v1/namespaces/default/configmaps/a");
    run.proxy.addFault({ fault: "api-drop-event" });
    const watch = await run.watch(`${LIST}?watch=1&resourceVersion=1005`);
    for (const k of ["1", "2"]) await run.cluster.patch("configmaps", { namespace: "default", name: "a" }, { data: { k } });
    await watch.take(1);
    watch.close();
    expect(heard).toEqual([
      "configmaps of all at 1005: ab -",
      "configmaps of all at 1005: c 3",
      "configmaps of default at 1005: abc 3",
      "configmaps of all at 1005: abc -",
      "configmaps of default at 1002: a -",
      'MODIFIED configmaps default/a {"k":"1"}',
      'MODIFIED configmaps default/a {"k":"2"}',
    ]);
  });

  it("serves many watches at once, and is gone at once when it is disposed of", async () => {
    const run = await setUp(protocol);
    const watches = await Promise.all(Array.from({ length: 100 }, () => run.watch(`${LIST}?watch=1&resourceVersion=1005`)));
    await run.cluster.create("configmaps", configMap("d"));
    for (const watch of watches) expect((await watch.take(1)).map(told)).toEqual(["ADDED d"]);
    await run.proxy[Symbol.asyncDispose]();
    for (const watch of watches) await watch.rest();
    expect(run.lines.of("end")).toHaveLength(100);
    expect(new Set(run.lines.of("end").map(({ reason }) => reason))).toEqual(new Set(["server"]));
    await expect(run.call(LIST)).rejects.toThrow();
    await run[Symbol.asyncDispose]();
  });
});

describe("the proxy", () => {
  it("takes a connection that the server has closed for no failure", async () => {
    let served = 0;
    await using run = await inFrontOf((request, response) => {
      served += 1;
      // The second request finds the connection of the first, which is lost under its hands.
      if (served === 2) request.socket.destroy();
      else response.writeHead(200, JSON_TYPE).end("{}");
    });
    expect((await run.agent.call(LIST)).status).toBe(200);
    expect((await run.agent.call(LIST)).status).toBe(200);
    expect(served).toBe(3);
  });

  it("refuses upgraded connections in words", async () => {
    await using run = await setUp();
    const headers = { connection: "Upgrade", upgrade: "SPDY/3.1" };
    const answer = await run.call("/api/v1/namespaces/default/pods/p/exec?command=ls", { method: "POST", headers });
    expect([answer.status, answer.json["message"]]).toEqual([501, expect.stringContaining("exec")]);
    expect((await run.call(LIST)).status).toBe(200);
  });

  it("is dialled by the names it was given", async () => {
    await using run = await setUp("h1", { proxy: { listenHost: "0.0.0.0", hosts: ["proxy.example"] } });
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const { port, caPem } = run.proxy;
      httpsRequest({ host: "127.0.0.1", port, ca: caPem, servername: "proxy.example", path: LIST, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(answer).toBe(403);
    expect(run.proxy.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  });

  it("survives clients that speak nonsense", async () => {
    await using run = await setUp();
    const socket = connect({ port: run.proxy.port, ca: run.proxy.caPem, servername: "localhost", ALPNProtocols: ["h2"] });
    socket.on("error", () => {});
    await once(socket, "secureConnect");
    socket.write("nonsense that is no frame of HTTP/2".repeat(10));
    socket.resume();
    await once(socket, "close");
    expect(namesIn(await run.call(LIST))).toEqual(["a", "b", "c"]);
  });

  it("refuses a fault that could never fire, and goes on", async () => {
    await using run = await setUp();
    expect(() => run.proxy.addFault({ fault: "api-freeze-watch", verb: "list" })).toThrow(RangeError);
    expect(run.lines.faults()).toEqual([]);
  });
});

/** Where a server was, and is no more. */
async function gone(): Promise<{ readonly url: string; readonly caPem: string }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return { url: `https://127.0.0.1:${port}`, caPem: servingCertificate().caPem };
}
