import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ApiError, createApiClient } from "./api-client.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(handler: RequestListener): Promise<string> {
  const started = createServer(handler);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

const signal = () => new AbortController().signal;

describe("createApiClient", () => {
  it("sends the token of the moment, below the server's path", async () => {
    const seen: unknown[] = [];
    let token = "one";
    const url = await listen((request, response) => {
      seen.push([request.url, request.headers.authorization]);
      response.end("{}");
    });
    const client = createApiClient({ server: `${url}/prefix`, token: () => token });
    await client.get("/version", signal());
    token = "two";
    await client.get("/api/v1/pods?limit=1", signal());
    client.close();
    expect(seen).toEqual([
      ["/prefix/version", "Bearer one"],
      ["/prefix/api/v1/pods?limit=1", "Bearer two"],
    ]);
  });

  it.each([
    ["a Status", { "retry-after": "7" }, '{"kind":"Status","message":"slow down"}', "429 slow down", 7000],
    ["a page of a proxy", {}, "<html>", "429 Too Many Requests", undefined],
    ["a date in Retry-After", { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }, "{}", "429 Too Many Requests", undefined],
  ])("tells a refusal: %s", async (_name, headers, body, message, retryAfterMs) => {
    const url = await listen((_request, response) => response.writeHead(429, headers).end(body));
    const client = createApiClient({ server: url });
    const error: unknown = await client.get("/x", signal()).catch((error: unknown) => error);
    client.close();
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 429, message, retryAfterMs });
  });

  it("gives up on a server that does not answer", async () => {
    const client = createApiClient({ server: await listen(() => {}) }, 30);
    await expect(client.get("/x", signal())).rejects.toThrow("no answer to GET /x within 30 ms");
    client.close();
  });

  it("streams documents, and fails when the stream is cut", async () => {
    let opened = false;
    const url = await listen((_request, response) => {
      response.write('{"a":1}\n{"a"');
      response.write(":2}\n", () => response.destroy());
    });
    const client = createApiClient({ server: url }, 50);
    const seen: unknown[] = [];
    const read = async () => {
      for await (const document of client.stream("/x", signal(), () => (opened = true))) seen.push(document);
    };
    await expect(read()).rejects.toThrow("aborted");
    client.close();
    expect([opened, seen]).toEqual([true, [{ a: 1 }, { a: 2 }]]);
  });
});
