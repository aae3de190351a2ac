import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { ApiError, type Status } from "../embedded/api/status.ts";
import type { HandAnswer, HandRequest } from "../provider.ts";

/** How an administrator's request is made. */
export interface AdminRequest {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
}

const BUDGET_MS = 30_000;

/** Speaks JSON to a Kubernetes API server, by bearer token. */
export class AdminClient {
  readonly #url: string;
  readonly #ca: string;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(url: string, caPem: string, token: string) {
    this.#url = url;
    this.#ca = caPem;
    this.#token = token;
  }

  /**
   * The answer as JSON; a text where it is none.
   * @throws ApiError with the server's Status, where it refuses
   */
  async call(path: string, request: AdminRequest = {}, signal?: AbortSignal): Promise<unknown> {
    const { status, text } = await this.#send(path, request, signal);
    const answer = parse(text);
    if (status < 400) return answer;
    if (typeof answer !== "object" || answer === null) throw new ApiError(status, "", text.trim());
    const { reason = "", message = "", details, metadata } = answer as Partial<Status>;
    throw new ApiError(status, reason, message, details, metadata?.continue);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Sends one request and gives the beginning of its answer; the body is read by the caller, or given up by the signal. */
  async open(path: string, { signal, ...request }: HandRequest = {}): Promise<HandAnswer> {
    const response = await this.#request(path, request, signal);
    return { status: response.statusCode ?? 0, body: response };
  }

  async #send(path: string, request: AdminRequest, signal?: AbortSignal) {
    const response = await this.#request(path, request, signal, BUDGET_MS);
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece as Buffer);
    return { status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString("utf8") };
  }

  #request(path: string, { method = "GET", body, contentType }: AdminRequest, signal?: AbortSignal, budgetMs = 0) {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        accept: "application/json",
        "user-agent": "deepflow-conformance",
        authorization: `Bearer ${this.#token}`,
        ...(payload === undefined
          ? {}
          : { "content-type": contentType ?? "application/json", "content-length": Buffer.byteLength(payload) }),
      };
      const options = { method, headers, ca: this.#ca, agent: this.#agent, ...(signal === undefined ? {} : { signal }) };
      const request = httpsRequest(this.#url + path, options, resolve);
      if (budgetMs > 0) {
        request.setTimeout(budgetMs, () => request.destroy(new Error(`${method} ${path}: no answer within ${budgetMs} ms`)));
      }
      request.on("error", reject);
      request.end(payload);
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
