import type { ApiRequestRecord } from "../history/types.ts";
import { requestText } from "./api-faults.ts";
import type { Gap } from "./watch-gaps.ts";
import { count } from "./words.ts";

const HINT =
  "The API server's cache of a resource never comes to a resourceVersion that only other resources moved: list without one";

/**
 * What an agent asked for to close a gap, and was refused, as the end of a sentence; "" where it asked for nothing. Pure.
 * @param requests of the scenario, in their order
 */
export function askedInVain(requests: readonly ApiRequestRecord[], { resource, began, next }: Gap): string {
  const refused = requests.filter(
    ({ resource: asked, verb, seq, ended }) =>
      asked === resource &&
      (verb === "list" || verb === "watch") &&
      seq > began.seq &&
      seq < (next?.seq ?? Number.POSITIVE_INFINITY) &&
      (ended?.status ?? 200) !== 200,
  );
  const last = refused.at(-1);
  if (last === undefined) return "";
  const hint = refused.some(isWaitForOthers) ? `. ${HINT}` : "";
  return `; ${count(refused.length, "request")} for it came to nothing, the last of them ${requestText(last)}${hint}`;
}

/** A list that must not be older than some revision, which the server gave up to wait for. */
function isWaitForOthers({ verb, path, ended }: ApiRequestRecord): boolean {
  const asked = new URLSearchParams(path.split("?")[1]).get("resourceVersion") ?? "";
  return verb === "list" && ended?.status === 504 && ended.reason !== "fault" && asked !== "" && asked !== "0";
}
