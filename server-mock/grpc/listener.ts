import { createServer, type Server as NetServer, type Socket } from "node:net";
import { MockServerError } from "../errors.ts";

/** A TCP port whose connections are known one by one. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Connections that are open now. */
  readonly count: number;
  /** Cuts the connection of that peer (`host:port`) with a TCP reset. False where there is none. */
  reset(peer: string): boolean;
  /** The same for every connection. */
  resetAll(): void;
  /** While true, each connection is reset as it opens; the port stays taken. */
  refusing: boolean;
  /** Takes no more connections. */
  close(): void;
  /** Closes those that are left once what was written to them is out, or cuts them after the grace. Resolves when all are closed. */
  closeAll(graceMs: number): Promise<void>;
}

/**
 * Listens, and hands each connection on.
 *
 * @throws MockServerError `port-taken` or `cannot-listen`
 */
export async function listen(options: {
  readonly host: string;
  readonly port: number;
  readonly onConnection: (socket: Socket) => void;
  readonly onEvent: (peer: string, event: "opened" | "closed") => void;
}): Promise<Listener> {
  const sockets = new Map<string, Socket>();
  let refusing = false;
  const server = createServer({ noDelay: true }, (socket) => {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    sockets.set(peer, socket);
    options.onEvent(peer, "opened");
    // Without a listener a reset by the peer would be an uncaught error.
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(peer);
      options.onEvent(peer, "closed");
    });
    if (refusing) socket.resetAndDestroy();
    else options.onConnection(socket);
  });
  await bound(server, options.host, options.port);
  const address = server.address();
  if (address === null || typeof address === "string") throw new MockServerError("cannot-listen", "no TCP address was bound");
  return {
    host: options.host,
    port: address.port,
    get count() {
      return sockets.size;
    },
    get refusing() {
      return refusing;
    },
    set refusing(value) {
      refusing = value;
    },
    reset(peer) {
      const socket = sockets.get(peer);
      socket?.resetAndDestroy();
      return socket !== undefined;
    },
    resetAll() {
      for (const socket of sockets.values()) socket.resetAndDestroy();
    },
    close: () => void server.close(),
    async closeAll(graceMs) {
      await Promise.all([...sockets.values()].map((socket) => closeSoon(socket, graceMs)));
    },
  };
}

function closeSoon(socket: Socket, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), graceMs);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    // An HTTP/2 session that is gone may still have its last frames in the socket, above all since Node 24.
    socket.destroySoon();
  });
}

function bound(server: NetServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen({ host, port }, resolve);
  });
}

/** What a failed listen means to whoever asked for the address. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): MockServerError {
  return error.code === "EADDRINUSE"
    ? new MockServerError("port-taken", `${host}:${port} is taken by another process; choose another port, or 0 for any free one`)
    : new MockServerError("cannot-listen", `cannot listen on ${host}:${port}: ${error.message}`);
}
