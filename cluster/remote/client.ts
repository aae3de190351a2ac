import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { ApiError, type Status } from "../embedded/api/status.ts";
import type { HandAnswer, HandRequest } from "../provider.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import type { RemoteAccess } from "./access.ts";
import { authorization } from "./authorization.ts";

/** How an administrator's request is made. */
export interface AdminRequest {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
}

const BUDGET_MS = 30_000;

/** Speaks JSON to a Kubernetes API server. */
export class AdminClient {
  readonly #access: RemoteAccess;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(access: RemoteAccess) {
    this.#access = access;
  }

  /**
   * The answer as JSON; a text where it is none.
   * @throws ApiError with the server's Status, where it refuses
   */
  async call(path: string, request: AdminRequest = {}, signal?: AbortSignal): Promise<unknown> {
    const method = request.method ?? "GET";
    const response = await this.#send(path, request, BUDGET_MS, signal);
    const answer = parse(await textOf(response));
    const status = response.statusCode ?? 0;
    if (status < 400) return answer;
    if (typeof answer !== "object" || answer === null) {
      throw new ApiError(status, "", String(answer).trim() || `${method} ${path}: HTTP ${status}`);
    }
    const { reason = "", message = "", details, metadata } = answer as Partial<Status>;
    throw new ApiError(status, reason, message, details, metadata?.continue);
  }

  /**
   * The lines of an answer that goes on, such as a watch, each as JSON. Ends where the server ends it.
   * @param signal aborting ends the request; its reason is thrown
   * @throws ApiError with the server's Status, where it refuses
   */
  async *lines(path: string, signal: AbortSignal): AsyncGenerator<unknown, void> {
    const response = await this.#send(path, {}, 0, signal);
    if ((response.statusCode ?? 0) >= 400) {
      const { reason = "", message = "" } = parse(await textOf(response)) as Partial<Status>;
      throw new ApiError(response.statusCode ?? 0, reason, message);
    }
    let rest = "";
    response.setEncoding("utf8");
    try {
      for await (const piece of response) {
        const lines = (rest + String(piece)).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) yield parse(line);
      }
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      response.destroy();
    }
  }

  /** Sends one request and gives the beginning of its answer; the body is read by the caller, or given up by the signal. */
  async open(path: string, { signal, ...request }: HandRequest = {}): Promise<HandAnswer> {
    const response = await this.#send(path, request, 0, signal);
    return { status: response.statusCode ?? 0, body: response };
  }

  close(): void {
    this.#agent.destroy();
  }

  async #send(path: string, request: AdminRequest, budgetMs: number, signal?: AbortSignal): Promise<IncomingMessage> {
    const { method = "GET", body, contentType } = request;
    const { url, caPem, serverName } = this.#access;
    const credentials = await this.#access.credentials();
    signal?.throwIfAborted();
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const headers = {
        accept: "application/json",
        "user-agent": "deepflow-conformance",
        ...authorization(credentials),
        ...(payload === undefined
          ? {}
          : { "content-type": contentType ?? "application/json", "content-length": Buffer.byteLength(payload) }),
      };
      const options = {
        method,
        headers,
        ca: caPem,
        agent: this.#agent,
        ...(credentials.certPem === undefined ? {} : { cert: credentials.certPem, key: credentials.keyPem }),
        ...(serverName === undefined ? {} : { servername: serverName }),
        ...(signal === undefined ? {} : { signal }),
      };
      const sent = httpsRequest(url + path, options, resolve);
      if (budgetMs > 0) {
        sent.setTimeout(budgetMs, () =>
          sent.destroy(new ClusterUnavailableError(`${method} ${path}: no answer within ${budgetMs} ms`)),
        );
      }
      sent.on("error", reject);
      sent.end(payload);
    });
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
