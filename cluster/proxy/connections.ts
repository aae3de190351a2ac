import { Buffer } from "node:buffer";
import type { Http2SecureServer } from "node:http2";
import type { Socket } from "node:net";
import { write, type ServerReply } from "../embedded/api/exchange.ts";

const INTERNAL_ERROR = 2;
const NOTHING = Buffer.alloc(0);

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

  /** Resets the HTTP/2 stream (RST_STREAM, INTERNAL_ERROR) or the HTTP/1.1 connection (TCP RST), behind what was written. */
  reset(reply: ServerReply): void {
    flush(reply, () => {
      if ("stream" in reply) reply.stream.close(INTERNAL_ERROR);
      else this.#socketOf(reply)?.resetAndDestroy();
    });
  }

  /** Breaks a reply off as a server does that dies: the HTTP/2 stream is reset, the HTTP/1.1 connection closed. */
  abandon(reply: ServerReply): void {
    flush(reply, () => {
      if ("stream" in reply) reply.stream.close(INTERNAL_ERROR);
      else this.breakOff(reply);
    });
  }

  /** Ends the connection that a reply goes over, whatever else goes over it. */
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

/** What is recorded as delivered has left before the end comes. */
function flush(reply: ServerReply, then: () => void): void {
  if (reply.headersSent && !reply.writableEnded) write(reply, NOTHING, then);
  else then();
}

function keyOf(socket: Pick<Socket, "remoteAddress" | "remotePort" | "localAddress">): string {
  return `${socket.remoteAddress} ${socket.remotePort} ${socket.localAddress}`;
}
