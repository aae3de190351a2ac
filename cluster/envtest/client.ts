import { Buffer } from "node:buffer";
import { Agent, request as httpsRequest } from "node:https";
import { ApiError, type Status } from "../embedded/api/status.ts";

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

  #send(path: string, { method = "GET", body, contentType }: AdminRequest, signal?: AbortSignal) {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const headers = {
        accept: "application/json",
        "user-agent": "deepflow-conformance",
        authorization: `Bearer ${this.#token}`,
        ...(payload === undefined
          ? {}
          : { "content-type": contentType ?? "application/json", "content-length": Buffer.byteLength(payload) }),
      };
      const options = { method, headers, ca: this.#ca, agent: this.#agent, ...(signal === undefined ? {} : { signal }) };
      const request = httpsRequest(this.#url + path, options, (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("error", reject);
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString("utf8") }));
      });
      request.setTimeout(BUDGET_MS, () => request.destroy(new Error(`${method} ${path}: no answer within ${BUDGET_MS} ms`)));
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
