import { isTrue } from "./request-info.ts";
import { ApiError, badRequest, invalid, type FieldError } from "./status.ts";

/** The query of a list or watch, read but not yet judged against the store. */
export interface ListOptions {
  readonly labelSelector: string;
  readonly fieldSelector: string;
  /** 0: no limit. */
  readonly limit: number;
  readonly continue: string;
  /** As given; "" where absent. */
  readonly resourceVersion: string;
  readonly resourceVersionMatch: "" | "Exact" | "NotOlderThan";
  readonly watch: boolean;
  readonly allowWatchBookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
  readonly sendInitialEvents: boolean | undefined;
}

/** Which parameters the release knows. */
export interface ListOptionRules {
  /** `sendInitialEvents` is known at all (1.27 and later); an unknown parameter is ignored. */
  readonly knowsSendInitialEvents: boolean;
  /** The WatchList gate is on. */
  readonly watchList: boolean;
}

/**
 * Reads and validates list options as the API server does.
 * @throws ApiError 400 for what cannot be read, 422 for combinations that are forbidden
 */
export function parseListOptions(query: URLSearchParams, watch: boolean, rules: ListOptionRules): ListOptions {
  const sendInitialEvents = query.get("sendInitialEvents");
  const match = query.get("resourceVersionMatch") ?? "";
  const options = {
    labelSelector: query.get("labelSelector") ?? "",
    fieldSelector: query.get("fieldSelector") ?? "",
    limit: integerOf(query.get("limit")) ?? 0,
    continue: query.get("continue") ?? "",
    resourceVersion: query.get("resourceVersion") ?? "",
    watch,
    allowWatchBookmarks: isTrue(query.get("allowWatchBookmarks")),
    timeoutSeconds: integerOf(query.get("timeoutSeconds")),
    sendInitialEvents: rules.knowsSendInitialEvents && sendInitialEvents !== null ? isTrue(sendInitialEvents) : undefined,
  };
  const errors = watch && rules.knowsSendInitialEvents ? watchErrors(options, match, rules) : listErrors(options, match);
  if (errors.length > 0) throw invalid("ListOptions", "meta.k8s.io", "", errors);
  return { ...options, resourceVersionMatch: match === "Exact" || match === "NotOlderThan" ? match : "" };
}

/**
 * A resourceVersion parameter as a revision.
 * @returns undefined where absent
 * @param paged the request names a limit
 * @throws ApiError where it is not a decimal number: 400 from a page, 500 from the watch cache, which does not expect it
 */
export function parseRevision(text: string, paged = false): number | undefined {
  if (text === "") return undefined;
  if (!/^\d+$/.test(text)) {
    const why = `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`;
    throw paged ? badRequest(`invalid resource version: ${why}`) : new ApiError(500, "", why);
  }
  return Number(text);
}

type Unjudged = Omit<ListOptions, "resourceVersionMatch">;

function listErrors(options: Unjudged, match: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (options.sendInitialEvents !== undefined)
    errors.push(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
  if (match === "") return errors;
  if (options.watch) errors.push(forbiddenMatch("is forbidden for watch"));
  if (options.resourceVersion === "") errors.push(forbiddenMatch("is forbidden unless resourceVersion is provided"));
  if (options.continue !== "") errors.push(forbiddenMatch("is forbidden when continue is provided"));
  if (match !== "Exact" && match !== "NotOlderThan") errors.push(unsupportedMatch(match, ["Exact", "NotOlderThan", ""]));
  if (match === "Exact" && options.resourceVersion === "0") {
    errors.push(forbiddenMatch('"exact" is forbidden for resourceVersion "0"'));
  }
  return errors;
}

function watchErrors(options: Unjudged, match: string, rules: ListOptionRules): readonly FieldError[] {
  const errors: FieldError[] = [];
  const streamed = options.sendInitialEvents !== undefined;
  if (streamed && match !== "NotOlderThan") {
    errors.push(forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
  }
  if (streamed && !rules.watchList) {
    errors.push(
      forbidden("sendInitialEvents", "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled"),
    );
  }
  if (match === "") return errors;
  if (!streamed) errors.push(forbiddenMatch("is forbidden for watch unless sendInitialEvents is provided"));
  if (match !== "NotOlderThan") errors.push(unsupportedMatch(match, ["NotOlderThan"]));
  if (options.continue !== "") errors.push(forbiddenMatch("is forbidden when continue is provided"));
  return errors;
}

function forbidden(field: string, text: string): FieldError {
  return { reason: "FieldValueForbidden", field, message: `Forbidden: ${text}` };
}

function forbiddenMatch(text: string): FieldError {
  return forbidden("resourceVersionMatch", `resourceVersionMatch ${text}`);
}

function unsupportedMatch(match: string, supported: readonly string[]): FieldError {
  const values = supported.map((value) => `"${value}"`).join(", ");
  return {
    reason: "FieldValueNotSupported",
    field: "resourceVersionMatch",
    message: `Unsupported value: "${match}": supported values: ${values}`,
  };
}

function integerOf(text: string | null): number | undefined {
  if (text === null || text === "") return undefined;
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
}
