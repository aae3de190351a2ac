import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { ClusterAccess } from "./access.ts";
import { splitLines } from "./lines.ts";
import { isObject } from "./objects.ts";

/** A small read-only client of the Kubernetes API. */
export interface ApiClient {
  /** GETs one JSON document. Rejects with ApiError for a status other than 200. */
  get(path: string, signal: AbortSignal): Promise<unknown>;
  /** GETs a stream of JSON documents, one a line. `onOpen` is called once the server has answered 200. */
  stream(path: string, signal: AbortSignal, onOpen?: () => void): AsyncIterable<unknown>;
  /** Closes idle connections. */
  close(): void;
}

/** An answer of the API server that is a refusal. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status, or the `code` of a Status object in a watch. */
  readonly status: number;
  /** What Retry-After asked for. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, message: string, retryAfterMs?: number) {
    super(`${status} ${message}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** How long a server may be silent before its headers came, or within a document. */
const SILENCE_MS = 10_000;

/** A client over keep-alive connections. Nothing is sent before the first call. */
export function createApiClient(access: ClusterAccess, silenceMs = SILENCE_MS): ApiClient {
  const agent = createHttpAgent(access);

  async function open(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    const answer = await sendRequest(access, path, { agent, signal, timeout: silenceMs });
    if (answer.statusCode === 200) return answer;
    throw refusal(answer, await readAll(answer));
  }

  return {
    async get(path, signal) {
      return JSON.parse((await readAll(await open(path, signal))).toString("utf8"));
    },
    async *stream(path, signal, onOpen) {
      const answer = await open(path, signal);
      answer.socket.setTimeout(0); // a quiet watch is no dead watch
      onOpen?.();
      for await (const line of splitLines(answer)) yield JSON.parse(line);
    },
    close: () => agent.destroy(),
  };
}

/** Keep-alive connections with the access's certificates. */
export function createHttpAgent(access: ClusterAccess): HttpAgent {
  const secure = access.server.startsWith("https:");
  return secure ? new HttpsAgent({ keepAlive: true, ...tlsOptions(access) }) : new HttpAgent({ keepAlive: true });
}

/** Sends one request and resolves with the answer's head, whatever its status. */
export function sendRequest(
  access: ClusterAccess,
  path: string,
  options: RequestOptions,
  body?: string,
): Promise<IncomingMessage> {
  const url = new URL(access.server + path);
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const headers = { Accept: "application/json", "User-Agent": "deepflow-pseudo-agent", ...authorization(access) };
  return new Promise((resolve, reject) => {
    const request = send(url, { ...options, headers: Object.assign(headers, options.headers) }, resolve);
    request.on("timeout", () => request.destroy(new Error(`no answer to GET ${path} within ${options.timeout} ms`)));
    request.on("error", reject);
    request.end(body);
  });
}

function tlsOptions(access: ClusterAccess) {
  return {
    ...(access.ca === undefined ? {} : { ca: access.ca }),
    ...(access.clientCertificate === undefined ? {} : { cert: access.clientCertificate }),
    ...(access.clientKey === undefined ? {} : { key: access.clientKey }),
    ...(access.serverName === undefined ? {} : { servername: access.serverName }),
    rejectUnauthorized: access.insecureSkipTlsVerify !== true,
  };
}

function authorization(access: ClusterAccess): Record<string, string> {
  if (access.token !== undefined) return { Authorization: `Bearer ${access.token()}` };
  if (access.basicAuth !== undefined) return { Authorization: `Basic ${Buffer.from(access.basicAuth).toString("base64")}` };
  return {};
}

async function readAll(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function refusal(answer: IncomingMessage, body: Buffer): ApiError {
  const seconds = Number(answer.headers["retry-after"]);
  let message = answer.statusMessage ?? "";
  try {
    const status: unknown = JSON.parse(body.toString("utf8"));
    if (isObject(status) && typeof status["message"] === "string") message = status["message"];
  } catch {
    // a proxy's page: the status line has to do
  }
  return new ApiError(answer.statusCode ?? 0, message, Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined);
}
