/**
 * Codes of Node, of the mock server and of clusters that tell of the machine, and not of this program. Those whom the harness
 * itself calls are API servers and the container engine: that they are not there is no fault of its own.
 */
const ENVIRONMENT_CODES = new Set([
  "EADDRINUSE",
  "EADDRNOTAVAIL",
  "EACCES",
  "EPERM",
  "EMFILE",
  "ENFILE",
  "ENOSPC",
  "EDQUOT",
  "EFBIG",
  "EROFS",
  "ENOMEM",
  "EIO",
  "EAGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "port-taken",
  "cannot-listen",
  "cluster-unavailable",
  "agent-place",
]);

/** Who failed, and what it says for people. */
export interface Blame {
  readonly blame: "harness" | "environment";
  readonly text: string;
}

/** Tells a failure of the machine (disk, ports, descriptors) from one of the harness; the chain of causes counts. */
export function blameFor(error: unknown): Blame {
  const text = messageOf(error);
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
    if ("code" in cause && (ENVIRONMENT_CODES.has(String(cause.code)) || isServerError(cause.code))) {
      return { blame: "environment", text };
    }
    if ("status" in cause && isServerError(cause.status)) return { blame: "environment", text };
  }
  return { blame: "harness", text };
}

/** The HTTP status of an API server that failed at a request, whatever the request was. */
function isServerError(status: unknown): boolean {
  return typeof status === "number" && status >= 500 && status < 600;
}

/** What an error says, for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
