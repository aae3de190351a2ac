import type { ServerReply } from "./api/exchange.ts";
import type { RequestInfo } from "./api/request-info.ts";
import type { Status } from "./api/status.ts";

/** What a fault engine is told of each request of the agent, once it is authenticated and before it is served. */
export interface FaultRequest {
  /** Number of the request, from 1. */
  readonly req: number;
  readonly method: string;
  readonly info: RequestInfo;
  /** Key of the resource, where one that is served is addressed. */
  readonly resource?: string;
}

/** What happens instead of the answer, or before it. */
export interface FaultAction {
  /** Waits so long first, in milliseconds. */
  readonly delayMs?: number;
  /** Answers so: `details.retryAfterSeconds` becomes Retry-After. */
  readonly status?: Status;
  /** Cuts the connection without an answer. */
  readonly reset?: boolean;
}

/** Decides per request; undefined serves it faithfully. */
export type FaultHook = (request: FaultRequest) => FaultAction | undefined;

/** Cuts the connection of a reply: the HTTP/2 stream (RST_STREAM, INTERNAL_ERROR) or the HTTP/1.1 socket. */
export function cut(reply: ServerReply): void {
  if ("stream" in reply) reply.stream.close(2);
  else reply.socket?.destroy();
}
