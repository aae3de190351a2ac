import { Server, ServerCredentials, type UntypedHandleCall } from "@grpc/grpc-js";
import { type CallObserver, OpenCalls, type UnaryHandler } from "./adapter.ts";
import { type ArrivingJudge, watchArriving } from "./arriving.ts";
import { listen } from "./listener.ts";
import type { BoundMethod } from "./services.ts";
import { unknownPath } from "./services.ts";
import { CODES, StatusError } from "./status.ts";

/** What is served where, and who hears of it. */
export interface GrpcServerOptions<Note> {
  readonly host: string;
  readonly port: number;
  readonly methods: readonly BoundMethod<Note>[];
  readonly observer: CallObserver<Note>;
  /** Largest request and response, bytes. */
  readonly maxMessageBytes: number;
  /** How long a handler may take. */
  readonly handlerLimitMs: number;
  readonly onConnection: (peer: string, event: "opened" | "closed") => void;
  /** Who looks at a request to this path while it is still on its way. */
  readonly onArriving?: (path: string) => ArrivingJudge | undefined;
}

/** A gRPC server that runs. */
export interface GrpcServer {
  readonly host: string;
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /** Cuts a client's connection with a TCP reset. */
  resetConnection(peer: string): void;
  /** The same for every client. */
  resetAll(): void;
  /** Tells every client to go away (GOAWAY, NO_ERROR): open calls come to their end, and the connection is closed. */
  sendAway(): void;
  /** While true, no client gets through: each connection is reset as it opens. */
  refuseConnections(refuse: boolean): void;
  /**
   * Takes no more connections, ends open calls with UNAVAILABLE, and lets the connections close; after `graceMs` cuts
   * what is left. Says which it was.
   */
  stop(graceMs: number): Promise<"drained" | "forced">;
}

/** A client that was told to go away and stays is cut. */
const SENT_AWAY_GRACE_MS = 5_000;

const raw = (bytes: Buffer) => bytes;

/**
 * Starts the gRPC server. Codecs pass raw bytes through.
 *
 * grpc-js itself takes messages of twice the limit: what lies between is refused here, in the words of a Go server
 * and on the record, where grpc-js would refuse it unseen.
 *
 * @throws MockServerError where the address cannot be had
 */
export async function startGrpcServer<Note>(options: GrpcServerOptions<Note>): Promise<GrpcServer> {
  const { maxMessageBytes } = options;
  const server = new Server({
    "grpc.max_receive_message_length": 2 * maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
    "grpc.enable_channelz": 0,
  });
  const calls = new OpenCalls<Note>(options.observer, options.handlerLimitMs);
  for (const method of options.methods) {
    server.register(method.path, nativeHandler(calls, method, maxMessageBytes), raw, raw, kindOf(method));
  }
  answerUnknownPaths(server, calls);
  if (options.onArriving) watchArriving(server, options.onArriving, (peer) => void listener.reset(peer));

  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const listener = await listen({
    host: options.host,
    port: options.port,
    onConnection: (socket) => injector.injectConnection(socket),
    onEvent: options.onConnection,
  });

  async function stop(graceMs: number): Promise<"drained" | "forced"> {
    listener.close();
    calls.close(new StatusError(CODES.unavailable, "the server is shutting down"));
    // grpc-js hands answers to HTTP/2 a tick later; since Node 24 a session that is closed before that drops them.
    await new Promise((resolve) => setImmediate(resolve));
    const drained = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), graceMs);
      server.tryShutdown(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
    if (!drained) server.forceShutdown();
    await listener.closeAll(drained ? graceMs : 0);
    return drained ? "drained" : "forced";
  }

  return {
    host: listener.host,
    port: listener.port,
    get connections() {
      return listener.count;
    },
    resetConnection: (peer) => void listener.reset(peer),
    resetAll: () => listener.resetAll(),
    sendAway: () => injector.drain(SENT_AWAY_GRACE_MS),
    refuseConnections: (refuse) => void (listener.refusing = refuse),
    stop,
  };
}

function kindOf(method: { readonly requestStream: boolean; readonly responseStream: boolean }): string {
  if (method.requestStream) return method.responseStream ? "bidi" : "clientStream";
  return method.responseStream ? "serverStream" : "unary";
}

/** Methods that take a stream are refused as they open; none is served. */
function nativeHandler<Note>(calls: OpenCalls<Note>, method: BoundMethod<Note>, maxMessageBytes: number): UntypedHandleCall {
  if (method.requestStream) return calls.adaptStream(method.path, method.handler);
  const handler = withLimit(method.handler, maxMessageBytes);
  return method.responseStream ? calls.adaptServerStream(method.path, handler) : calls.adapt(method.path, handler);
}

function withLimit<Note>(handler: UnaryHandler<Note>, limit: number): UnaryHandler<Note> {
  return (request, context) => {
    if (request.length <= limit) return handler(request, context);
    throw new StatusError(CODES.resourceExhausted, `grpc: received message larger than max (${request.length} vs. ${limit})`);
  };
}

/**
 * Lets calls to paths of no known service reach the record too: an agent with a package name of its own shows there.
 * grpc-js has no public hook for them; without this one they still get UNIMPLEMENTED, in its own words and unseen.
 */
function answerUnknownPaths<Note>(server: Server, calls: OpenCalls<Note>): void {
  const inner = server as unknown as { _retrieveHandler?: (path: string) => unknown };
  const known = inner._retrieveHandler;
  if (typeof known !== "function") return;
  inner._retrieveHandler = (path) =>
    known.call(server, path) ?? {
      func: calls.adapt(path, unknownPath(path)),
      serialize: raw,
      deserialize: raw,
      type: "unary",
      path,
    };
}
