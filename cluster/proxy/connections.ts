import type { Http2SecureServer } from "node:http2";
import type { Socket } from "node:net";
import type { ServerReply } from "../embedded/api/exchange.ts";

const INTERNAL_ERROR = 2;

/** The agent's connections, and the ways to break them. */
export class Connections {
  /** By the agent's address, since TLS hides the socket below it, and only that can be reset. */
  readonly #sockets = new Map<string, Socket>();

  constructor(server: Http2SecureServer) {
    server.on("connection", (socket: Socket) => {
      const key = keyOf(socket);
      this.#sockets.set(key, socket);
      socket.on("error", () => {}); // its requests hear of it
      socket.on("close", () => this.#sockets.delete(key));
    });
  }

  /** Resets the HTTP/2 stream (RST_STREAM, INTERNAL_ERROR) or the HTTP/1.1 connection (TCP RST). */
  reset(reply: ServerReply): void {
    if ("stream" in reply) reply.stream.close(INTERNAL_ERROR);
    else this.#socketOf(reply)?.resetAndDestroy();
  }

  /** Ends the connection that a reply goes over, whatever else goes over it; what was sent arrives. */
  breakOff(reply: ServerReply): void {
    this.#socketOf(reply)?.destroy();
  }

  /** Resets all (TCP RST). */
  resetAll(): void {
    for (const socket of this.#sockets.values()) socket.resetAndDestroy();
  }

  /** Closes all, at once. */
  destroyAll(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }

  #socketOf(reply: ServerReply): Socket | undefined {
    const socket = "stream" in reply ? reply.stream.session?.socket : reply.socket;
    return socket === null || socket === undefined ? undefined : this.#sockets.get(keyOf(socket));
  }
}

/** Tells an HTTP/2 client to go elsewhere (GOAWAY, NO_ERROR): what is under way is served, what comes next is not. */
export function goAway(reply: ServerReply): void {
  if ("stream" in reply) reply.stream.session?.close();
}

function keyOf(socket: Pick<Socket, "remoteAddress" | "remotePort" | "localAddress">): string {
  return `${socket.remoteAddress} ${socket.remotePort} ${socket.localAddress}`;
}
