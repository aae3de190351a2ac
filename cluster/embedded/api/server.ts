import { createSecureServer, type Http2SecureServer } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import type { KubernetesRelease, ResourceDefinition } from "../catalog/index.ts";
import { deprecationWarning } from "../catalog/index.ts";
import { cut, type FaultHook } from "../faults.ts";
import type { ApiRecording } from "../recording.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import type { HostAddress } from "../../provider.ts";
import { servingCertificate } from "../../tls/certificates.ts";
import { authenticate, type Credential, type User } from "./authentication.ts";
import { authorize } from "./authorization.ts";
import { serveNonResource } from "./discovery.ts";
import { header, isDelivered, type EndReason, type Exchange, type ServerReply, type ServerRequest } from "./exchange.ts";
import { requestInfo } from "./request-info.ts";
import { sendStatus } from "./respond.ts";
import { serveResource } from "./serve-resource.ts";
import { ApiError } from "./status.ts";
import { targetOf } from "./target.ts";
import type { WatchSettings } from "./watch.ts";

/** Everything that requests are answered from. */
export interface ApiServerContext {
  readonly release: KubernetesRelease;
  readonly resources: readonly ResourceDefinition[];
  readonly store: ObjectStore;
  readonly recording: ApiRecording;
  readonly credentials: readonly Credential[];
  /** The WatchList gate. */
  readonly watchList: boolean;
  /** How long a request for a future revision waits. */
  readonly freshnessMs: number;
  readonly watch: WatchSettings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly faults: FaultHook | undefined;
  /** Where it listens, and by which name it is dialled. */
  readonly host: HostAddress;
}

/** Nobody: a request whose credentials are not valid. */
const NOBODY: User = { name: "", groups: [], rules: [], recorded: true };

/** The HTTPS front: HTTP/2 by ALPN, HTTP/1.1 otherwise, on a free port. */
export class ApiServer {
  readonly #context: ApiServerContext;
  readonly #server: Http2SecureServer;
  readonly #sockets = new Set<Socket>();
  /** Of the exchanges under way; each is aborted when its connection is gone. */
  readonly #open = new Set<AbortController>();
  #closed: Promise<void> | undefined;
  #requests = 0;
  #port = 0;

  constructor(context: ApiServerContext) {
    this.#context = context;
    const { certPem, keyPem } = servingCertificate([context.host.name]);
    const settings = { maxConcurrentStreams: 250 };
    // Node spares HTTP/2 and its own HTTPS server the algorithm of Nagle; HTTP/1.1 that is taken beside HTTP/2 it does not.
    this.#server = createSecureServer({ allowHTTP1: true, cert: certPem, key: keyPem, settings, noDelay: true });
    // Clients keep idle connections; a server that closes them first makes their next request fail now and then.
    Object.assign(this.#server, { keepAliveTimeout: 90_000, requestTimeout: 0, headersTimeout: 30_000 });
    this.#server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    this.#server.on("request", (request: ServerRequest, reply: ServerReply) => {
      // What cannot even be refused any more has lost its connection.
      this.#serve(request, reply).catch(() => cut(reply));
    });
    // A client that breaks the handshake or the session concerns nobody else.
    this.#server.on("sessionError", () => {});
    this.#server.on("tlsClientError", () => {});
  }

  get url(): string {
    return `https://${this.#context.host.name}:${this.#port}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, this.#context.host.listen, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection; the server goes on and takes new ones. */
  dropConnections(): void {
    this.#cut("fault");
  }

  /** Stops listening, ends all watches and cuts what is still open. */
  async close(): Promise<void> {
    this.#closed ??= new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#cut("server");
    await this.#closed;
  }

  #cut(reason: EndReason): void {
    for (const exchange of this.#open) exchange.abort(reason);
    for (const socket of this.#sockets) socket.destroy();
  }

  async #serve(request: ServerRequest, reply: ServerReply): Promise<void> {
    const exchange = this.#begin(request, reply);
    try {
      await this.#answer(exchange);
    } catch (error) {
      await this.#fail(exchange, error);
    }
  }

  #begin(request: ServerRequest, reply: ServerReply): Exchange {
    const { recording, credentials, resources } = this.#context;
    const target = request.url ?? "/";
    const info = requestInfo(request.method ?? "GET", target);
    const user = this.#userOf(request, credentials);
    const req = user.recorded ? (this.#requests += 1) : 0;
    const protocol = request.httpVersionMajor === 2 ? "HTTP/2" : "HTTP/1.1";
    const client = { userAgent: header(request, "user-agent"), protocol } as const;
    const resource = info.isResource ? resourceOf(resources, info) : undefined;
    recording.request(req, request.method ?? "GET", target, info, resource, client);
    const gone = new AbortController();
    this.#open.add(gone);
    const exchange: Exchange = {
      req,
      request,
      reply,
      info,
      user,
      signal: gone.signal,
      endReason: undefined,
    };
    const leave = () => gone.abort("client" satisfies EndReason);
    reply.on("error", leave);
    request.on("error", leave);
    reply.on("close", () => {
      leave();
      this.#open.delete(gone);
      recording.end(
        req,
        reply.headersSent ? reply.statusCode : 0,
        exchange.endReason ?? (isDelivered(reply) ? "complete" : (gone.signal.reason as EndReason)),
      );
    });
    reply.setHeader("audit-id", randomUUID());
    return exchange;
  }

  #userOf(request: ServerRequest, credentials: readonly Credential[]): User {
    try {
      return authenticate(header(request, "authorization"), credentials);
    } catch {
      return NOBODY;
    }
  }

  async #answer(exchange: Exchange): Promise<void> {
    const { resources, release } = this.#context;
    const { info, user } = exchange;
    if (user === NOBODY) throw new ApiError(401, "Unauthorized", "Unauthorized");
    if (await this.#fault(exchange)) return;
    authorize(user, info);
    const target = info.isResource ? targetOf(resources, info) : undefined;
    if (!info.isResource || target === undefined) {
      await serveNonResource(exchange, { release, resources, serverAddress: this.url.slice("https://".length) });
      return;
    }
    const warning = deprecationWarning(release, info.group, info.version, target.definition.kind);
    if (warning !== undefined) exchange.reply.setHeader("warning", `299 - "${warning}"`);
    await serveResource(exchange, this.#context, info, target);
  }

  /** True where the fault was the answer. */
  async #fault(exchange: Exchange): Promise<boolean> {
    const { faults, resources } = this.#context;
    if (faults === undefined || exchange.req === 0) return false;
    const { info, req, request } = exchange;
    const resource = info.isResource ? resourceOf(resources, info) : undefined;
    const method = request.method ?? "GET";
    const action = faults({ req, method, info, ...(resource === undefined ? {} : { resource }) });
    if (action === undefined) return false;
    if (action.delayMs !== undefined) await delay(action.delayMs, undefined, { signal: exchange.signal });
    if (action.reset !== true && action.status === undefined) return false;
    exchange.endReason = "fault";
    if (action.reset === true) cut(exchange.reply);
    else if (action.status !== undefined) await sendStatus(exchange, action.status);
    return true;
  }

  async #fail(exchange: Exchange, error: unknown): Promise<void> {
    if (exchange.signal.aborted) return;
    if (exchange.reply.headersSent) {
      cut(exchange.reply);
      return;
    }
    const message = error instanceof Error ? error.message : "unknown";
    const known = error instanceof ApiError ? error : new ApiError(500, "InternalError", `Internal error occurred: ${message}`);
    await sendStatus(exchange, known.status);
  }
}

function resourceOf(resources: readonly ResourceDefinition[], info: Parameters<typeof targetOf>[1]): string | undefined {
  try {
    return targetOf(resources, info)?.resource;
  } catch {
    return undefined;
  }
}
