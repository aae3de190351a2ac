import { Buffer } from "node:buffer";
import { Agent, request as httpsRequest } from "node:https";
import { connect, type ClientHttp2Session } from "node:http2";
import type { Readable } from "node:stream";
import { WatchStream } from "./watch-stream.ts";

/** How a request is made. */
export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
  readonly protocol?: "h1" | "h2";
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly text: string;
  /** The body as a JSON object. */
  readonly json: Json;
}

/** A JSON object whose fields are not known. */
export type Json = Readonly<Record<string, unknown>>;

interface Opened {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly stream: Readable;
  readonly close: () => void;
}

const CALL_TIMEOUT_MS = 15_000;

/** A small HTTPS client that hides nothing: HTTP/1.1 or HTTP/2, no retries, no decompression. */
export class ContractClient implements AsyncDisposable {
  readonly #url: string;
  readonly #ca: string;
  readonly #token: string | undefined;
  readonly #agent = new Agent({ keepAlive: true });
  #session: ClientHttp2Session | undefined;

  constructor(url: string, caPem: string, token: string | undefined) {
    this.#url = url;
    this.#ca = caPem;
    this.#token = token;
  }

  async call(path: string, options: CallOptions = {}): Promise<Answer> {
    const { status, headers, stream, close } = await this.#open(path, options);
    const pieces: Buffer[] = [];
    const timer = setTimeout(close, CALL_TIMEOUT_MS);
    try {
      for await (const piece of stream) pieces.push(piece as Buffer);
    } finally {
      clearTimeout(timer);
    }
    const body = Buffer.concat(pieces);
    const text = body.toString("utf8");
    return {
      status,
      headers,
      body,
      text,
      get json() {
        return JSON.parse(text) as Json;
      },
    };
  }

  /** Opens a watch: any answer whose body is read line by line. */
  async watch(path: string, options: CallOptions = {}): Promise<WatchStream> {
    const { status, headers, stream, close } = await this.#open(path, options);
    return new WatchStream(status, headers, stream, close);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    this.#session?.destroy();
  }

  async #open(path: string, options: CallOptions): Promise<Opened> {
    const body = options.body === undefined || typeof options.body === "string" ? options.body : JSON.stringify(options.body);
    const headers = {
      "user-agent": "contract/1.0",
      ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
      // Without a length, Node sends the body of a DELETE unframed.
      ...(body === undefined ? {} : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }),
      ...options.headers,
    };
    const method = options.method ?? "GET";
    return options.protocol === "h2"
      ? this.#openHttp2(method, path, headers, body)
      : this.#openHttp1(method, path, headers, body);
  }

  #openHttp1(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Opened> {
    return new Promise((resolve, reject) => {
      const request = httpsRequest(this.#url + path, {
        method,
        headers,
        ca: this.#ca,
        agent: this.#agent,
      });
      request.setTimeout(CALL_TIMEOUT_MS * 2, () => request.destroy(new Error(`${method} ${path}: no answer`)));
      request.on("error", reject);
      request.on("response", (response) => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string | undefined>,
          stream: response,
          close: () => request.destroy(),
        });
      });
      request.end(body);
    });
  }

  #openHttp2(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Opened> {
    const session = this.#http2();
    return new Promise((resolve, reject) => {
      const stream = session.request({ ...headers, ":method": method, ":path": path });
      stream.on("error", reject);
      stream.on("close", () => reject(new Error(`${method} ${path}: the stream was closed without an answer`)));
      stream.on("response", (received) => {
        const { ":status": status = 0, ...rest } = received;
        resolve({ status, headers: rest as Record<string, string | undefined>, stream, close: () => stream.close() });
      });
      stream.end(body);
    });
  }

  #http2(): ClientHttp2Session {
    if (this.#session !== undefined && !this.#session.closed && !this.#session.destroyed) return this.#session;
    const session = connect(this.#url, { ca: this.#ca });
    session.on("error", () => {}); // each request tells its own failure
    this.#session = session;
    return session;
  }
}
