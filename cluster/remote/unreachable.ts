const CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT", "ENOTFOUND"]);

/** Whether a request failed because nobody was there to answer it. */
export function unreachable(error: unknown): boolean {
  return error instanceof Error && "code" in error && CODES.has(String(error.code));
}
