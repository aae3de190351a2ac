import type { ApiRequestRecord } from "../history/types.ts";

/** A watch of a resource. One that was refused, or ended before any answer (status 0), was none. */
export function isWatchRequest({ verb, resource, ended }: ApiRequestRecord): boolean {
  const status = ended?.status ?? 200;
  return verb === "watch" && resource !== undefined && status >= 200 && status < 400;
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
