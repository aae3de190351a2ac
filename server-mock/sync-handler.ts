import { checkMessage, decodeSyncRequest, encodeSyncResponse, type SyncRequest, WireError } from "../proto/index.ts";
import type { ClusterBook } from "./clusters.ts";
import type { Decision } from "./contract/index.ts";
import type { FaultQueue } from "./faults/queue.ts";
import type { FaultSpec } from "./faults/types.ts";
import type { CallContext, UnaryHandler } from "./grpc/adapter.ts";
import { CODES, StatusError } from "./grpc/status.ts";

/** What the KubernetesAPISync handler leaves behind for record, journal and metrics. */
export interface SyncNote {
  readonly request: SyncRequest;
  /** Absent where the request was not taken. */
  readonly decision?: Decision;
  /** Version of the answer; absent: unset. */
  readonly version?: bigint;
  /** The fault that was fired at the call. */
  readonly fault?: FaultSpec["fault"];
}

/**
 * The handler of KubernetesAPISync on either service: the target's decision table, with scripted faults before it.
 *
 * @param resetConnection cuts the connection of a client, `host:port`
 */
export function createSyncHandler(
  book: ClusterBook,
  faults: FaultQueue,
  resetConnection: (peer: string) => void,
): UnaryHandler<SyncNote> {
  function take(request: SyncRequest, context: CallContext<SyncNote>, fault?: FaultSpec): Buffer {
    const decision = book.take(request);
    return answer(
      context,
      request,
      fault?.fault === "answer-version" ? (fault.version ?? undefined) : decision.answer,
      decision,
      fault,
    );
  }

  return (frame, context) => {
    const request = readRequest(frame);
    const fault = faults.next(request, context.call);
    if (!fault) return take(request, context);
    context.note = { request, fault: fault.fault };
    switch (fault.fault) {
      case "status":
        throw new StatusError(fault.code, fault.details ?? "a scripted fault");
      case "delay":
        return pause(fault.ms, context.signal).then(() => take(request, context, fault));
      case "answer-version":
        return take(request, context, fault);
      case "drop":
        return answer(context, request, request.version, undefined, fault);
      case "silence":
        if (fault.accept) take(request, context, fault);
        return untilGone(context.signal);
      case "lose-answer": {
        take(request, context, fault);
        const gone = untilGone(context.signal);
        resetConnection(context.peer);
        return gone;
      }
    }
  };
}

function answer(
  context: CallContext<SyncNote>,
  request: SyncRequest,
  version: bigint | undefined,
  decision: Decision | undefined,
  fault: FaultSpec | undefined,
): Buffer {
  context.note = {
    request,
    ...(decision && { decision }),
    ...(version !== undefined && { version }),
    ...(fault && { fault: fault.fault }),
  };
  return encodeSyncResponse(version);
}

/** @throws StatusError with what a Go server answers to bytes that it cannot unmarshal */
function readRequest(frame: Buffer): SyncRequest {
  try {
    const request = decodeSyncRequest(frame);
    for (const entry of request.entries) checkMessage(entry);
    return request;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new StatusError(CODES.internal, `grpc: error unmarshalling request: ${error.message}`);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", gone, { once: true });
    function done(): void {
      signal.removeEventListener("abort", gone);
      resolve();
    }
    function gone(): void {
      clearTimeout(timer);
      reject(new StatusError(CODES.cancelled, "the client is gone"));
    }
  });
}

function untilGone(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const gone = () => reject(new StatusError(CODES.cancelled, "the client is gone"));
    if (signal.aborted) gone();
    else signal.addEventListener("abort", gone, { once: true });
  });
}
