import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** Headers that concern one connection, not the request (RFC 9110 7.6.1). */
const OF_THE_CONNECTION = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What goes on to the other side of a proxy: pseudo headers, those of the connection, and those that it names stay behind. */
export function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
  const passed: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(":") || OF_THE_CONNECTION.has(name) || named.has(name)) continue;
    passed[name] = value;
  }
  return passed;
}

/**
 * An Accept header that leaves the server no choice but JSON, where the agent takes JSON at all: Go clients ask for
 * `application/vnd.kubernetes.protobuf,application/json`. Undefined: it is left as it is.
 */
export function steerToJson(accept: string | undefined): string | undefined {
  const clauses = (accept ?? "").split(",").map((clause) => clause.trim());
  const json = clauses.filter(
    (clause) => /^(application\/json|application\/\*|\*\/\*)\s*(;|$)/i.test(clause) && !/;\s*q=0(\.0*)?\s*(;|$)/i.test(clause),
  );
  return json.length === 0 || json.length === clauses.length ? undefined : json.join(", ");
}

/** Whether a body is JSON. */
export function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? "");
}
