import type { Server } from "@grpc/grpc-js";
import type { Http2Server, IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";

/** gRPC over HTTP/2: a flag (1: compressed) and the length of the message in four bytes. */
const PREFIX_BYTES = 5;
/** What is not clear by then stays so: no more is kept of a message for this. */
const MOST_BYTES = 65_536;

/**
 * Says of a request that has begun to arrive whether its connection is to be cut; undefined: not to be told yet.
 *
 * @param isLast no more of the message will be shown
 */
export type ArrivingJudge = (message: Buffer, isLast: boolean) => boolean | undefined;

/**
 * Shows requests while they are still on their way: grpc-js hands on whole messages only, and has no public hook for less.
 * Without the one used here nothing is ever shown.
 *
 * @param judgeOf who looks at a call of this path; undefined: nobody
 * @param cut cuts the connection of a peer, `host:port`
 */
export function watchArriving(
  server: Server,
  judgeOf: (path: string) => ArrivingJudge | undefined,
  cut: (peer: string) => void,
): void {
  const inner = server as unknown as { createHttp2Server?: (...args: readonly unknown[]) => Http2Server };
  const create = inner.createHttp2Server;
  if (typeof create !== "function") return;
  inner.createHttp2Server = (...args) => {
    const http2 = create.apply(server, args as []);
    http2.prependListener("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
      const judge = judgeOf(String(headers[":path"]));
      if (judge !== undefined) look(stream, judge, cut);
    });
    return http2;
  };
}

function look(stream: ServerHttp2Stream, judge: ArrivingJudge, cut: (peer: string) => void): void {
  let arrived: Buffer = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    arrived = Buffer.concat([arrived, chunk]);
    if (arrived.length < PREFIX_BYTES) return;
    const length = arrived.readUInt32BE(1);
    const message = arrived.subarray(PREFIX_BYTES, PREFIX_BYTES + length);
    const isCompressed = arrived[0] !== 0;
    const isLast = message.length === length || arrived.length >= MOST_BYTES;
    const verdict = isCompressed ? false : judge(message, isLast);
    if (verdict === undefined) return;
    stream.removeListener("data", onData);
    if (!verdict) return;
    const socket = stream.session?.socket;
    // Before anyone else reads on: grpc-js leaves a destroyed stream alone.
    stream.destroy();
    if (socket) cut(`${socket.remoteAddress}:${socket.remotePort}`);
  };
  stream.on("data", onData);
}
