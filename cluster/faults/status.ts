import { ApiError, expired, type Status } from "../embedded/api/status.ts";
import type { ApiFaultAction } from "./types.ts";

/** The reason that goes with a code (`metav1.StatusReason`). */
const REASONS: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  406: "NotAcceptable",
  409: "Conflict",
  410: "Expired",
  413: "RequestEntityTooLarge",
  415: "UnsupportedMediaType",
  422: "Invalid",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

const TOO_OLD = "too old resource version";
const TOKEN_EXPIRED =
  "The provided continue parameter is too old to display a consistent list result. You must start a new list without the " +
  "continue parameter.";
const TOKEN_INCONSISTENT =
  "The provided continue parameter is too old to display a consistent list result. You can start a new list without the " +
  "continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with " +
  "the provided token results in an inconsistent list.";

/** The Status of `api-status` and of `api-error-event` (410 Expired by default). */
export function statusOf(action: ApiFaultAction & { readonly fault: "api-status" | "api-error-event" }): Status {
  const code = action.code ?? 410;
  const reason = action.reason ?? REASONS[code] ?? "";
  const message = action.message ?? (code === 410 ? TOO_OLD : `scripted fault: ${code} ${reason}`.trimEnd());
  const seconds = action.fault === "api-status" ? action.retryAfterSeconds : undefined;
  return new ApiError(code, reason, message, seconds === undefined ? undefined : { retryAfterSeconds: seconds }).status;
}

/** The Status of `api-expire-continue`. @param token of the inconsistent rest, where the list may be resumed */
export function expiredPage(token: string | undefined): Status {
  return expired(token === undefined ? TOKEN_EXPIRED : TOKEN_INCONSISTENT, token).status;
}
