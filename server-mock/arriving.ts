import { peekSyncRequest } from "../proto/index.ts";
import type { FaultQueue } from "./faults/queue.ts";
import type { ArrivingJudge } from "./grpc/arriving.ts";

/** Calls of KubernetesAPISync whose request a fault is to cut off. They reach neither the record nor the store. */
export function cutArriving(
  faults: Pick<FaultQueue, "awaitsArriving" | "hitsArriving">,
): (path: string) => ArrivingJudge | undefined {
  const judge: ArrivingJudge = (message, isLast) => {
    const request = peekSyncRequest(message);
    return isLast || request.hasEntries ? faults.hitsArriving(request) : undefined;
  };
  return (path) => (path.endsWith("/KubernetesAPISync") && faults.awaitsArriving() ? judge : undefined);
}
