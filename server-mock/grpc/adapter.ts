import type {
  handleBidiStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  sendUnaryData,
  ServerUnaryCall,
} from "@grpc/grpc-js";
import { CODES, StatusError } from "./status.ts";

/** What a handler knows of its call. */
export interface CallContext<Note = unknown> {
  /** Number of the call at this server, from 1. */
  readonly call: number;
  /** `/agent.Synchronizer/KubernetesAPISync` */
  readonly path: string;
  /** `host:port` of the client. */
  readonly peer: string;
  /** Length of the request, bytes. */
  readonly byteLength: number;
  /** Milliseconds that the client will still wait; undefined where it set no deadline. */
  readonly timeLeftMs: number | undefined;
  /** Fires when the client is gone or the server ends the call: nobody will read an answer. */
  readonly signal: AbortSignal;
  /** What the handler leaves for the observer of its answer. */
  note?: Note;
}

/** Takes the request's bytes and gives the response's; a StatusError thrown is the answer's status. */
export type UnaryHandler<Note = unknown> = (request: Buffer, context: CallContext<Note>) => Buffer | Promise<Buffer>;

/** How a call ended. `bytes` only with code 0. */
export interface Outcome {
  readonly code: number;
  readonly details?: string;
  readonly bytes?: Buffer;
}

/** Hears of every call that arrived whole, then of its end, once each. */
export interface CallObserver<Note = unknown> {
  arrived(context: CallContext<Note>, frame: Buffer): void;
  ended(context: CallContext<Note>, outcome: Outcome): void;
  /** A handler failed with something that is no StatusError: a fault of the mock. */
  failed(context: CallContext<Note>, error: unknown): void;
}

/** The calls of one server: numbers them, and can end all that are still open. */
export class OpenCalls<Note = unknown> {
  private readonly observer: CallObserver<Note>;
  private readonly limitMs: number;
  private readonly open = new Set<OpenCall<Note>>();
  private calls = 0;
  private closing: StatusError | undefined;

  /** @param limitMs after this, a handler that has not answered is given up with INTERNAL */
  constructor(observer: CallObserver<Note>, limitMs: number) {
    this.observer = observer;
    this.limitMs = limitMs;
  }

  /**
   * Makes a grpc-js handler of ours. Whatever the handler does, the call is answered exactly once: with what it
   * gives, with the status it throws or rejects with, with UNKNOWN for any other error, with INTERNAL when it lets
   * the limit pass, and not at all when the client left before.
   */
  adapt(path: string, handler: UnaryHandler<Note>, limitMs = this.limitMs): handleUnaryCall<Buffer, Buffer> {
    return (call, answer) => {
      this.calls += 1;
      const opened = new OpenCall<Note>(this.calls, path, call, answer, this.observer);
      this.observer.arrived(opened, call.request);
      if (this.closing) return opened.fail(this.closing);
      try {
        const result = handler(call.request, opened);
        if (Buffer.isBuffer(result)) return opened.end({ code: CODES.ok, bytes: result });
        this.wait(call, opened, result, limitMs);
      } catch (error) {
        opened.fail(error);
      }
      return undefined;
    };
  }

  /**
   * The same for a method that answers with a stream, which carries what the handler gives as its one message. There
   * is no limit: such a stream may be held open until its client leaves or the server closes.
   */
  adaptServerStream(path: string, handler: UnaryHandler<Note>): handleServerStreamingCall<Buffer, Buffer> {
    return (stream) => {
      const answer: sendUnaryData<Buffer> = (status, bytes) => {
        if (status) return void stream.emit("error", status);
        stream.write(bytes ?? Buffer.alloc(0));
        return stream.end();
      };
      this.adapt(path, handler, Infinity)(stream, answer);
    };
  }

  /** The same for a method that takes a stream, and is refused as it opens: the handler must throw. */
  adaptStream(path: string, handler: UnaryHandler<Note>): handleBidiStreamingCall<Buffer, Buffer> {
    return (stream) => {
      const call = stream as unknown as ServerUnaryCall<Buffer, Buffer>;
      const refuse: sendUnaryData<Buffer> = (status) => stream.emit("error", status);
      this.adapt(path, handler)(Object.assign(call, { request: Buffer.alloc(0) }), refuse);
    };
  }

  /** Ends every open call, and every one that still comes, with this status. */
  close(reason: StatusError): void {
    this.closing = reason;
    for (const call of this.open) call.fail(reason);
  }

  private wait(call: ServerUnaryCall<Buffer, Buffer>, opened: OpenCall<Note>, result: Promise<Buffer>, limitMs: number): void {
    this.open.add(opened);
    const giveUp = () => {
      opened.fail(new StatusError(CODES.internal, `the handler of ${opened.path} did not answer within ${limitMs} ms`));
    };
    const limit = Number.isFinite(limitMs) ? setTimeout(giveUp, limitMs).unref() : undefined;
    opened.onEnd(() => {
      clearTimeout(limit);
      this.open.delete(opened);
    });
    // Emitted when the client leaves, and when the client's deadline passed, which grpc-js answers by itself.
    call.on("cancelled", () => opened.leave());
    result.then(
      (bytes) => opened.end({ code: CODES.ok, bytes }),
      (error: unknown) => opened.fail(error),
    );
  }
}

class OpenCall<Note> implements CallContext<Note> {
  readonly call: number;
  readonly path: string;
  note?: Note;
  private readonly inner: ServerUnaryCall<Buffer, Buffer>;
  private readonly answer: sendUnaryData<Buffer>;
  private readonly observer: CallObserver<Note>;
  private controller: AbortController | undefined;
  private ended = false;
  private gone = false;
  private whenEnded: (() => void) | undefined;

  constructor(
    call: number,
    path: string,
    inner: ServerUnaryCall<Buffer, Buffer>,
    answer: sendUnaryData<Buffer>,
    observer: CallObserver<Note>,
  ) {
    this.call = call;
    this.path = path;
    this.inner = inner;
    this.answer = answer;
    this.observer = observer;
  }

  get peer(): string {
    return this.inner.getPeer();
  }

  get byteLength(): number {
    return this.inner.request.length;
  }

  get timeLeftMs(): number | undefined {
    const deadline = Number(this.inner.getDeadline());
    return Number.isFinite(deadline) ? deadline - Date.now() : undefined;
  }

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.gone) this.controller.abort();
    return this.controller.signal;
  }

  onEnd(listener: () => void): void {
    this.whenEnded = listener;
  }

  end(outcome: Outcome): void {
    if (!this.settle(outcome)) return;
    if (outcome.bytes) this.answer(null, outcome.bytes);
    else this.answer(new StatusError(outcome.code, outcome.details ?? ""));
  }

  fail(error: unknown): void {
    if (error instanceof StatusError) this.abortAfter({ code: error.code, details: error.details });
    else {
      if (!this.ended) this.observer.failed(this, error);
      this.abortAfter({ code: CODES.unknown, details: error instanceof Error ? error.message : String(error) });
    }
  }

  leave(): void {
    const left = this.timeLeftMs;
    const code = left !== undefined && left <= 0 ? CODES.deadlineExceeded : CODES.cancelled;
    if (this.settle({ code, details: "the client did not wait for the answer" })) this.abort();
  }

  private abortAfter(outcome: Outcome): void {
    this.end(outcome);
    this.abort();
  }

  private abort(): void {
    this.gone = true;
    this.controller?.abort();
  }

  private settle(outcome: Outcome): boolean {
    if (this.ended) return false;
    this.ended = true;
    this.whenEnded?.();
    this.observer.ended(this, outcome);
    return true;
  }
}
