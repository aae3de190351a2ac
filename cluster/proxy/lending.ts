import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import { header } from "../embedded/api/exchange.ts";
import { ApiError, type Status } from "../embedded/api/status.ts";
import { authorization } from "../remote/authorization.ts";
import type { RemoteCredentials } from "../remote/access.ts";
import type { ProxyExchange } from "./exchange.ts";

/**
 * Somebody else's credentials, with which requests go on that bear a token of the proxy's own. They may do more than an
 * agent should, so nothing but reads goes on, and no Secrets.
 */
export interface Lending {
  /** What the agent shows, as a bearer token. */
  readonly token: string;
  /** Asked for every request, since tokens are renewed. */
  credentials(): Promise<RemoteCredentials>;
}

const ONLY_READ = "this cluster is only read";
/** What is no resource, and tells of the server. */
const ABOUT = /^\/(apis?|version|healthz|livez|readyz|openapi)(\/|$)/;
const READS = new Set(["GET", "HEAD"]);
/** What reads of an object's part may be; others reach into pods, or past the API server. */
const PARTS: readonly (string | undefined)[] = [undefined, "status", "scale"];

/** Why a request goes no further, as the API server would say it; undefined where it does. */
export function refusalOf({ request, info }: ProxyExchange, { token }: Lending): Status | undefined {
  const shown = Buffer.from(header(request, "authorization") ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted))
    return new ApiError(401, "Unauthorized", "Unauthorized").status;
  const { method = "GET" } = request;
  if (!READS.has(method)) return forbidden(`${method} ${info.path} is not passed on: ${ONLY_READ}`);
  if (!info.isResource) return ABOUT.test(info.path) ? undefined : forbidden(`${info.path} is not passed on: ${ONLY_READ}`);
  if (info.plural === "secrets" && info.group === "") return forbidden("Secrets of this cluster are not read");
  return PARTS.includes(info.subresource) ? undefined : forbidden(`${info.path} is not passed on: ${ONLY_READ}`);
}

/** The headers with which a request goes on: nothing of what the agent says of itself is left. */
export function lentHeaders(headers: OutgoingHttpHeaders, credentials: RemoteCredentials): OutgoingHttpHeaders {
  const own = Object.entries(headers).filter(([name]) => name !== "authorization" && !name.startsWith("impersonate-"));
  return { ...Object.fromEntries(own), ...authorization(credentials) };
}

function forbidden(message: string): Status {
  return new ApiError(403, "Forbidden", message).status;
}
