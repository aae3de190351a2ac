import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { Agent, request as httpsRequest, type RequestOptions } from "node:https";
import type { Readable } from "node:stream";
import type { ExchangeSignal } from "./exchange-signal.ts";
import type { Upstream } from "./types.ts";

/** A request as it goes to the server. */
export interface UpstreamRequest {
  readonly method: string;
  /** Path with query. */
  readonly target: string;
  readonly headers: OutgoingHttpHeaders;
  /** Absent where there is no body. */
  readonly body?: Readable;
  /** A client certificate with its key, PEM. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Aborting ends the request, and its answer. */
  readonly signal: ExchangeSignal;
}

/** Methods that may be sent again (RFC 9110 9.2.1). */
const SAFE = new Set(["GET", "HEAD"]);

/** Connections to the API server. HTTP/1.1, so that each watch has its own and none holds up another. */
export class UpstreamClient {
  /** What all requests say of the server: read off its URL once, since each of a URL's parts is put together when it is asked for. */
  readonly #server: { readonly protocol: string; readonly hostname: string; readonly port: string; readonly servername: string };
  readonly #host: string;
  readonly #prefix: string;
  readonly #agent: Agent;

  constructor({ url, caPem, serverName, insecureSkipTlsVerify }: Upstream) {
    const { protocol, hostname, port, pathname, host } = new URL(url);
    const name = hostname.replace(/^\[|\]$/g, "");
    // Node reads it off the headers of each request, where it is not told. An address is no name (RFC 6066 3).
    const servername = serverName ?? (isIP(name) === 0 ? name : "");
    this.#server = { protocol, hostname: name, port, servername };
    this.#host = host;
    this.#prefix = pathname.replace(/\/$/, "");
    this.#agent = new OneServerAgent({
      keepAlive: true,
      rejectUnauthorized: insecureSkipTlsVerify !== true,
      ...(caPem === undefined ? {} : { ca: caPem }),
    });
  }

  /** Sends and gives the head of the answer. Rejects where the connection fails before that. */
  send(request: UpstreamRequest): Promise<IncomingMessage> {
    return this.#send(request, SAFE.has(request.method));
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(request: UpstreamRequest, again: boolean): Promise<IncomingMessage> {
    const { method, target, headers, body, certificate, signal } = request;
    const options = {
      ...this.#server,
      path: this.#prefix + target,
      method,
      headers: { ...headers, host: this.#host },
      agent: this.#agent,
      ...certificate,
    };
    return new Promise((resolve, reject) => {
      let answered = false;
      const sent = httpsRequest(options, (answer) => {
        answered = true;
        answer.on("error", () => {}); // whoever reads it hears of it too
        answer.on("close", () => signal.offAbort(leave));
        resolve(answer);
      });
      const leave = () => sent.destroy();
      sent.on("error", (error: NodeJS.ErrnoException) => {
        signal.offAbort(leave);
        const stale = sent.reusedSocket && error.code === "ECONNRESET" && !answered && !signal.aborted;
        // The server closed an idle connection just as it was taken up again: nothing was served, so another one serves as well.
        if (stale && again) resolve(this.#send(request, false));
        else reject(error);
      });
      signal.onAbort(leave);
      if (signal.aborted) leave();
      if (body === undefined) sent.end();
      else body.pipe(sent);
    });
  }
}

/** Connections to one server differ in the client certificate alone: no name is put together of all that might tell them apart. */
class OneServerAgent extends Agent {
  override getName(options: RequestOptions = {}): string {
    const { cert = "" } = options;
    return typeof cert === "string" ? cert : super.getName(options);
  }
}
