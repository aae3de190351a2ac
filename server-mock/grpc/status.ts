import { status } from "@grpc/grpc-js";

/** gRPC status codes that the mock answers with, by name. */
export const CODES = {
  ok: status.OK as number,
  cancelled: status.CANCELLED as number,
  unknown: status.UNKNOWN as number,
  invalidArgument: status.INVALID_ARGUMENT as number,
  deadlineExceeded: status.DEADLINE_EXCEEDED as number,
  resourceExhausted: status.RESOURCE_EXHAUSTED as number,
  unimplemented: status.UNIMPLEMENTED as number,
  internal: status.INTERNAL as number,
  unavailable: status.UNAVAILABLE as number,
} as const;

/** A handler's way to end its call with a status; `details` is what the client sees. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly code: number;
  readonly details: string;

  constructor(code: number, details: string) {
    super(`status ${code}: ${details}`);
    this.code = code;
    this.details = details;
  }
}

/** Upper-case name of a code, `UNAVAILABLE`; the number itself where it has none. */
export function codeName(code: number): string {
  return status[code] ?? String(code);
}
