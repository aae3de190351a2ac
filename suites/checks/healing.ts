import type { ApiRequestRecord, Moment, ScenarioHistory } from "../history/types.ts";
import { isWatchRequest } from "../oracle/index.ts";
import { type FailedRequest, failedRequests } from "./api-faults.ts";

/** When a kind could be read again after one of its lists or watches had failed. */
export interface Healing {
  /** By whichever request; undefined where it never could. */
  readonly after: (failure: FailedRequest) => Moment | undefined;
  /** By the very next request of the kind; undefined where that failed too. */
  readonly atNextTry: (failure: FailedRequest) => Moment | undefined;
}

/** A kind is read with each page of a list, and with a watch that was opened, unless a fault makes that request fail later. */
export function healingIn(scenario: ScenarioHistory): Healing {
  const { requests } = scenario.api;
  const failed = new Set(failedRequests(scenario).map(({ request }) => request));
  const successesOf = (request: ApiRequestRecord): readonly Moment[] => {
    if (failed.has(request)) return [];
    if (request.verb === "list") return request.pages;
    return isWatchRequest(request) ? [request] : [];
  };
  return {
    after: (failure) =>
      requests
        .filter(({ resource }) => resource === failure.resource)
        .flatMap(successesOf)
        .find(({ seq }) => seq > failure.seq),
    atNextTry(failure) {
      const next = requests.find(({ seq, resource }) => seq > failure.seq && resource === failure.resource);
      return next && successesOf(next)[0];
    },
  };
}
