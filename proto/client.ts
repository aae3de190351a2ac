import { Client, credentials, type ServiceError, status } from "@grpc/grpc-js";
import type { MethodDefinition } from "@grpc/proto-loader";
import type { KubernetesAPISyncResponse__Output } from "./gen/agent/KubernetesAPISyncResponse.ts";
import type { KubernetesClusterIDResponse__Output } from "./gen/agent/KubernetesClusterIDResponse.ts";
import { loadSynchronizer, type ServiceName } from "./load.ts";

/** A `KubernetesAPISyncRequest` to be sent. What is absent here is absent on the wire (protocol.md 1.1). */
export interface SyncMessage {
  readonly clusterId?: string;
  readonly version?: bigint;
  readonly errorMsg?: string;
  /** Field 4: `agent_id` in one package, `vtap_id` in the other. */
  readonly agentId?: number;
  readonly sourceIp?: string;
  readonly teamId?: string;
  readonly entries?: readonly SyncEntry[];
}

/** A `KubernetesAPIInfo` to be sent (protocol.md 1.3). */
export interface SyncEntry {
  readonly type?: string;
  readonly info?: string;
  readonly compressedInfo?: Uint8Array;
}

export interface ClusterIdMessage {
  readonly caMd5?: string;
  readonly teamId?: string;
  readonly clusterName?: string;
}

export interface CallOptions {
  /** The call fails with DEADLINE_EXCEEDED after so many milliseconds; without it, it waits for ever. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Every call rejects with RpcError alone. */
export interface SynchronizerClient {
  /** The answered version; absent is not zero (protocol.md 1.2). */
  kubernetesApiSync(request: SyncMessage, options?: CallOptions): Promise<{ version?: bigint }>;
  getKubernetesClusterId(request: ClusterIdMessage, options?: CallOptions): Promise<{ clusterId?: string; errorMsg?: string }>;
  /** Ends the connection and every open call. */
  close(): void;
}

/** A call that did not end with OK. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  /** gRPC status code: 14 is UNAVAILABLE. */
  readonly code: number;
  readonly codeName: string;
  readonly details: string;

  constructor(code: number, details: string) {
    const codeName = status[code] ?? `code ${code}`;
    super(`${codeName}: ${details}`);
    this.code = code;
    this.codeName = codeName;
    this.details = details;
  }
}

const OUT_OF_TIME: number = status.DEADLINE_EXCEEDED;

/**
 * A client of one service over a plain-text connection, which is made at the first call and made again whenever it
 * is gone: after at most two seconds, so that a server that restarts hears from its agents soon. A call that ran out of time
 * gets a new connection too, as the old one may lead nowhere. Requests have no size limit here; the server has one.
 *
 * @param options.address `host:port`
 */
export function connectSynchronizer(options: { readonly address: string; readonly service: ServiceName }): SynchronizerClient {
  const definition = loadSynchronizer(options.service);
  const idField = options.service === "trident" ? "vtap_id" : "agent_id";
  let client = connect(options.address);
  let closed = false;

  async function call<Output>(method: string, request: object, callOptions: CallOptions): Promise<Output> {
    if (closed) throw new RpcError(status.CANCELLED, "the client is closed");
    const used = client;
    try {
      return await unary<Output>(used, definition[method] as MethodDefinition<object, object>, request, callOptions);
    } catch (error) {
      if (error instanceof RpcError && error.code === OUT_OF_TIME && used === client && !closed) {
        client = connect(options.address);
        used.close();
      }
      throw error;
    }
  }

  return {
    async kubernetesApiSync(request, callOptions = {}) {
      const answer = await call<KubernetesAPISyncResponse__Output>("KubernetesAPISync", toWire(request, idField), callOptions);
      return answer.version === undefined ? {} : { version: BigInt(answer.version) };
    },
    async getKubernetesClusterId(request, callOptions = {}) {
      const wire = { ca_md5: request.caMd5, team_id: request.teamId, kubernetes_cluster_name: request.clusterName };
      const answer = await call<KubernetesClusterIDResponse__Output>("GetKubernetesClusterID", wire, callOptions);
      return {
        ...(answer.cluster_id !== undefined && { clusterId: answer.cluster_id }),
        ...(answer.error_msg !== undefined && { errorMsg: answer.error_msg }),
      };
    },
    close() {
      closed = true;
      client.close();
    },
  };
}

/** A connection of its own, made when it is first needed. */
export function connect(address: string): Client {
  return new Client(address, credentials.createInsecure(), {
    "grpc.max_send_message_length": -1,
    "grpc.max_receive_message_length": -1,
    "grpc.initial_reconnect_backoff_ms": 200,
    "grpc.max_reconnect_backoff_ms": 2_000,
    "grpc.enable_channelz": 0,
    "grpc.enable_http_proxy": 0,
    // Each client has connections of its own, so that a new client is a new connection.
    "grpc.use_local_subchannel_pool": 1,
  });
}

/** One call. Rejects with RpcError alone. */
export function unary<Output>(
  client: Client,
  method: MethodDefinition<object, object>,
  request: object,
  { timeoutMs, signal }: CallOptions,
): Promise<Output> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new RpcError(status.CANCELLED, "cancelled before it was sent"));
    const deadline = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;
    const onAbort = () => call.cancel();
    const onAnswer = (error: ServiceError | null, answer?: object) => {
      signal?.removeEventListener("abort", onAbort);
      if (error) reject(new RpcError(error.code, error.details));
      else resolve((answer ?? {}) as Output);
    };
    const call = client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      { deadline },
      onAnswer,
    );
    signal?.addEventListener("abort", onAbort, { once: true });
    return undefined;
  });
}

function toWire(request: SyncMessage, idField: "vtap_id" | "agent_id"): object {
  return {
    cluster_id: request.clusterId,
    version: request.version?.toString(),
    error_msg: request.errorMsg,
    [idField]: request.agentId,
    source_ip: request.sourceIp,
    team_id: request.teamId,
    entries: request.entries?.map((entry) => ({
      type: entry.type,
      info: entry.info,
      compressed_info: entry.compressedInfo,
    })),
  };
}
