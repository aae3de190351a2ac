import { createSecureServer, type Http2SecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { isDelivered, type EndReason, type ServerReply, type ServerRequest } from "../embedded/api/exchange.ts";
import { requestInfo } from "../embedded/api/request-info.ts";
import type { ServingCertificate } from "../tls/certificates.ts";
import { Connections } from "./connections.ts";
import type { ProxyExchange } from "./exchange.ts";
import { ExchangeSignal } from "./exchange-signal.ts";
import type { ProxyRecording } from "./recording.ts";
import { resourceKeyOf } from "./resource-key.ts";

/** Answers one exchange. A rejection cuts it. */
export type ServeExchange = (exchange: ProxyExchange) => Promise<void>;

/** The HTTPS front towards the agent: HTTP/2 by ALPN, HTTP/1.1 otherwise. */
export class ProxyServer {
  readonly #server: Http2SecureServer;
  readonly #recording: ProxyRecording;
  readonly connections: Connections;
  /** Of the exchanges under way; each is aborted when its connection is gone. */
  readonly #open = new Set<ExchangeSignal>();
  #serve: ServeExchange = () => Promise.reject(new Error("not ready"));
  #closed: Promise<void> | undefined;
  #requests = 0;

  constructor({ certPem, keyPem }: ServingCertificate, recording: ProxyRecording) {
    this.#recording = recording;
    const settings = { maxConcurrentStreams: 250 };
    // Node spares HTTP/2 and its own HTTPS server the algorithm of Nagle; HTTP/1.1 that is taken beside HTTP/2 it does not, and
    // then the last piece of an answer waits up to 40 ms for the agent to acknowledge the one before.
    this.#server = createSecureServer({ allowHTTP1: true, cert: certPem, key: keyPem, settings, noDelay: true });
    // Clients keep idle connections; a server that closes them first makes their next request fail now and then.
    Object.assign(this.#server, { keepAliveTimeout: 90_000, requestTimeout: 0, headersTimeout: 30_000 });
    this.connections = new Connections(this.#server);
    this.#server.on("request", (request: ServerRequest, reply: ServerReply) => {
      const exchange = this.#begin(request, reply);
      this.#serve(exchange).catch(() => this.#breakOff(exchange));
    });
    // A client that breaks the handshake or the session concerns nobody else.
    this.#server.on("sessionError", () => {});
    this.#server.on("tlsClientError", () => {});
  }

  /** @returns the port */
  async listen(host: string, serve: ServeExchange): Promise<number> {
    this.#serve = serve;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, host, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection with a TCP reset; the server stays. */
  cutConnections(): void {
    for (const event of ["scripted", "fired"] as const) this.#recording.fault({ fault: "api-cut-connections" }, event);
    this.#abort("fault");
    this.connections.resetAll();
  }

  /** Stops listening and cuts what is still open. */
  async close(): Promise<void> {
    this.#closed ??= new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#abort("server");
    this.connections.destroyAll();
    await this.#closed;
  }

  #abort(reason: EndReason): void {
    for (const signal of this.#open) signal.abort(reason);
  }

  #begin(request: ServerRequest, reply: ServerReply): ProxyExchange {
    const info = requestInfo(request.method ?? "GET", request.url ?? "/");
    const resource = resourceKeyOf(info);
    this.#requests += 1;
    const signal = new ExchangeSignal();
    this.#open.add(signal);
    const furtherPage = info.verb === "list" && (info.query.get("continue") ?? "") !== "";
    const namespace = info.isResource ? info.namespace : undefined;
    const exchange: ProxyExchange = {
      req: this.#requests,
      request,
      reply,
      info,
      resource,
      facts: { req: this.#requests, verb: info.verb, resource, namespace, furtherPage },
      signal,
      limit: undefined,
      endReason: undefined,
      unread: undefined,
    };
    this.#recording.request(exchange);
    const leave = () => signal.abort("client");
    reply.on("error", leave);
    request.on("error", leave);
    reply.on("close", () => {
      leave();
      this.#open.delete(signal);
      const reason = exchange.endReason ?? (isDelivered(reply) ? "complete" : (signal.reason ?? "client"));
      this.#recording.end(exchange, reply.headersSent ? reply.statusCode : 0, reason);
    });
    return exchange;
  }

  /** The server broke off in the middle, and so does the proxy. */
  #breakOff(exchange: ProxyExchange): void {
    if (!exchange.signal.aborted) exchange.endReason ??= "server";
    this.connections.abandon(exchange.reply);
  }
}
