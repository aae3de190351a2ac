import type { ApiRequestRecord } from "../history/types.ts";

/** A watch of a resource. One that was refused was none. */
export function isWatchRequest(request: ApiRequestRecord): boolean {
  return request.verb === "watch" && request.resource !== undefined && (request.ended?.status ?? 200) < 400;
}

/** The query of a request's path. */
export function queryOf({ path }: ApiRequestRecord): URLSearchParams {
  const mark = path.indexOf("?");
  return new URLSearchParams(mark < 0 ? "" : path.slice(mark + 1));
}

/** Whether a list or watch is of some objects only, by a selector. */
export function isSelective(request: ApiRequestRecord): boolean {
  const query = queryOf(request);
  return Boolean(query.get("labelSelector")) || Boolean(query.get("fieldSelector"));
}
