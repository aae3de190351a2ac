import type { ServiceError } from "@grpc/grpc-js";
import type { MethodDefinition } from "@grpc/proto-loader";
import { type CallOptions, connect, RpcError, unary } from "./client.ts";
import { loadSynchronizer, type ServiceName } from "./load.ts";

/** Calls any method of a service with bytes, and gets bytes. Everything rejects with RpcError alone. */
export interface RawClient {
  call(method: string, request: Uint8Array, options?: CallOptions): Promise<Buffer>;
  /** The messages of a method that answers with a stream. To stop reading cancels the call. */
  listen(method: string, request: Uint8Array, options?: Pick<CallOptions, "signal">): AsyncIterable<Buffer>;
  /** Ends the connection and every open call. */
  close(): void;
}

const raw = (bytes: Buffer) => bytes;

/**
 * A client for whoever builds messages by hand.
 *
 * @param options.address `host:port`
 */
export function connectRaw(options: { readonly address: string; readonly service: ServiceName }): RawClient {
  const client = connect(options.address);
  const definition = loadSynchronizer(options.service);

  function methodOf(name: string): MethodDefinition<object, object> {
    const method = definition[name];
    if (!method) throw new Error(`proto/${options.service}.proto has no method ${name}`);
    return { ...method, requestSerialize: raw, responseDeserialize: raw } as unknown as MethodDefinition<object, object>;
  }

  async function* listen(method: string, request: Uint8Array, { signal }: Pick<CallOptions, "signal"> = {}) {
    const stream = client.makeServerStreamRequest(methodOf(method).path, raw, raw, Buffer.from(request), {});
    const onAbort = () => stream.cancel();
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    try {
      for await (const message of stream) yield message as Buffer;
    } catch (error) {
      if (error instanceof Error && "details" in error)
        throw new RpcError((error as ServiceError).code, (error as ServiceError).details);
      throw error;
    } finally {
      signal?.removeEventListener("abort", onAbort);
      stream.cancel();
    }
  }

  return {
    call: (method, request, callOptions = {}) => unary<Buffer>(client, methodOf(method), Buffer.from(request), callOptions),
    listen,
    close: () => client.close(),
  };
}
