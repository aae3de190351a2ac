import { Buffer } from "node:buffer";
import type { EndReason, ServerReply, ServerRequest } from "../embedded/api/exchange.ts";
import type { RequestInfo } from "../embedded/api/request-info.ts";
import type { Status } from "../embedded/api/status.ts";
import type { ApiFaultRequest } from "../faults/queue.ts";
import type { ExchangeSignal } from "./exchange-signal.ts";

/** One request of the agent and the way to answer it. */
export interface ProxyExchange {
  /** Number of the request, from 1. */
  readonly req: number;
  readonly request: ServerRequest;
  readonly reply: ServerReply;
  readonly info: RequestInfo;
  /** Key of the resource; absent for discovery, /version and other paths. */
  readonly resource: string | undefined;
  /** As faults see the request. */
  readonly facts: ApiFaultRequest;
  /** Aborted when the agent is gone or its connection is being cut. */
  readonly signal: ExchangeSignal;
  /** How many objects the server is asked for at most, where it is not as many as the agent asked for. */
  limit: number | undefined;
  /** Why the exchange ended, where it is not plain from its connection. */
  endReason: EndReason | undefined;
  /** Why nothing stands in the record for the answer's body, where something should. */
  unread: string | undefined;
}

/** Answers with a Status in place of the server; sets Retry-After where the Status says when to come back. */
export function sendStatus({ reply }: ProxyExchange, status: Status): void {
  const body = `${JSON.stringify(status)}\n`;
  const seconds = status.details?.retryAfterSeconds;
  reply.writeHead(status.code ?? 500, {
    "cache-control": "no-cache, private",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    ...(seconds === undefined ? {} : { "retry-after": String(seconds) }),
  });
  reply.end(body);
}
