import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { User } from "./authentication.ts";
import type { RequestInfo } from "./request-info.ts";

/** A request over HTTP/1.1 or HTTP/2. */
export type ServerRequest = IncomingMessage | Http2ServerRequest;
/** Its reply. */
export type ServerReply = ServerResponse | Http2ServerResponse;

/** Who ended an exchange: see ApiEnd. */
export type EndReason = "complete" | "timeout" | "client" | "server" | "fault";

/** One request and the way to answer it. */
export interface Exchange {
  /** Number of the request, from 1; 0 for requests that are not recorded. */
  readonly req: number;
  readonly request: ServerRequest;
  readonly reply: ServerReply;
  readonly info: RequestInfo;
  readonly user: User;
  /** Aborted, with an EndReason, when the connection is gone or is being cut. */
  readonly signal: AbortSignal;
  /** Why the exchange ended, where it is not plain from its connection. */
  endReason: EndReason | undefined;
}

/** A request header's first value. */
export function header(request: ServerRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Waits until a reply takes more bytes. False where its connection is gone. */
export async function drained(exchange: Exchange): Promise<boolean> {
  const { reply, signal } = exchange;
  if (signal.aborted) return false;
  return new Promise((resolve) => {
    const settle = () => {
      reply.off("drain", settle);
      signal.removeEventListener("abort", settle);
      resolve(!signal.aborted);
    };
    reply.on("drain", settle);
    signal.addEventListener("abort", settle);
  });
}

/** Sends the headers now, before there is a body. */
export function flushHeaders(reply: ServerReply): void {
  (reply as ServerResponse).flushHeaders();
}

/** Whether a reply that is closed went out as a whole. */
export function isDelivered(reply: ServerReply): boolean {
  // An HTTP/2 stream that is lost looks finished, whatever was written.
  return "stream" in reply ? reply.writableEnded && reply.stream.rstCode === 0 : reply.writableFinished;
}

/** Writes to either kind of reply; false asks the writer to wait for `drained`. @param sent called once it has gone out */
export function write(reply: ServerReply, chunk: Uint8Array, sent?: () => void): boolean {
  return (reply as ServerResponse).write(chunk, sent);
}
