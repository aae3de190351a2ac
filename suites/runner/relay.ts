import { connect, createServer, type Socket } from "node:net";
import type { Recorder } from "../../transcript/index.ts";
import type { PartyConnected } from "./events.ts";

/** What a relay stands between. */
export interface RelayOptions {
  /** Whose connections go through it: `replica-2`, `other-writer`. */
  readonly party: string;
  /** Address that it listens on. */
  readonly listen: string;
  /** The mock server, from here. */
  readonly to: { readonly host: string; readonly port: number };
  readonly recorder: Recorder;
}

/** A further address of the mock server, by which one party's calls are told from those of others. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
}

/**
 * Starts a relay on a free port. Each connection is passed on unchanged, and recorded under its party before its first
 * byte arrives. No cluster's agent can tell it from the server.
 *
 * @throws the error of Node where it cannot listen
 */
export async function startRelay({ party, listen, to, recorder }: RelayOptions): Promise<Relay> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => open.delete(socket));
  };
  const server = createServer({ pauseOnConnect: true }, (inner) => {
    const outer = connect(to);
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      keep(socket);
      // A reset is passed on as one, so that a cut looks the same from both ends.
      socket.on("error", () => other.resetAndDestroy());
      socket.on("close", () => other.destroy());
    }
    outer.on("connect", () => {
      const peer = `${outer.localAddress}:${outer.localPort}`;
      recorder.record<PartyConnected>({ side: "run", kind: "party", party, peer });
      inner.pipe(outer).pipe(inner);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, listen, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
