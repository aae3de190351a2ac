import type { ApiRequestRecord, Moment } from "../history/types.ts";
import { isSelective, isWatchRequest, queryOf } from "./api-requests.ts";
import type { CompleteList } from "./types.ts";

/** When each kind was listed and watched by the agent. */
export interface Collections {
  readonly lists: readonly CompleteList[];
  /**
   * The start of a kind's collection, milliseconds: the moment up to which an upload that arrives at `arrival` must have
   * caught up. An agent that lists has what existed when its list began; one that watches has what was committed up to
   * the staleness budget before it sent, or up to the last event before its watch was cut, if that is earlier. A list
   * counts once it is complete for a staleness budget, since a sender may still be working with the one before.
   */
  startOf(resource: string, namespace: string | undefined, arrival: Moment): number;
  /** Resources that were asked for and not listed to their end before a moment. */
  unlistedAt(moment: Moment): readonly string[];
}

interface Watch {
  readonly resource: string;
  readonly namespace?: string;
  readonly start: Moment;
  readonly end?: Moment;
  readonly lastEvent: (before: number) => number;
}

/**
 * @param startedAt when the agent started: the bound for kinds that it never lists
 * @param settledAt the staleness budget before the arrival of a request, milliseconds
 */
export function readCollections(
  requests: readonly ApiRequestRecord[],
  startedAt: Moment,
  settledAt: (arrival: number) => number,
): Collections {
  const lists = completeLists(requests);
  const watches = requests.flatMap((request) => (isWatchRequest(request) ? [watchOf(request)] : []));
  const listsBy = groupBy(lists, (list) => list.resource);
  const watchesBy = groupBy(watches, (watch) => watch.resource);
  const cache = new Map<number, Map<string, number>>();

  function startOf(resource: string, namespace: string | undefined, arrival: Moment): number {
    const covers = (scope: { readonly namespace?: string }) => scope.namespace === undefined || scope.namespace === namespace;
    const settled = settledAt(arrival.t);
    const own = (listsBy.get(resource) ?? []).filter(covers);
    const list =
      own.findLast((candidate) => candidate.end.t <= settled) ?? own.find((candidate) => candidate.end.seq < arrival.seq);
    const watched = watchedUpTo((watchesBy.get(resource) ?? []).filter(covers), settled, arrival);
    return Math.max(list?.start.t ?? startedAt.t, watched);
  }

  return {
    lists,
    startOf(resource, namespace, arrival) {
      const starts = cache.get(arrival.seq) ?? new Map<string, number>();
      cache.set(arrival.seq, starts);
      const key = `${resource} ${namespace ?? ""}`;
      const start = starts.get(key) ?? startOf(resource, namespace, arrival);
      starts.set(key, start);
      return start;
    },
    unlistedAt(moment) {
      const asked = new Set<string>();
      for (const request of requests) {
        if (request.seq < moment.seq && request.resource !== undefined && (request.verb === "list" || isWatchRequest(request)))
          asked.add(request.resource);
      }
      for (const list of lists) if (list.end.seq < moment.seq) asked.delete(list.resource);
      return [...asked];
    },
  };
}

function watchedUpTo(watches: readonly Watch[], settled: number, arrival: Moment): number {
  let best = Number.NEGATIVE_INFINITY;
  for (const watch of watches) {
    if (watch.start.seq > arrival.seq || watch.start.t > settled) continue;
    const openThroughout = watch.end === undefined || watch.end.seq > arrival.seq;
    best = Math.max(best, openThroughout ? settled : Math.min(settled, watch.lastEvent(settled)));
  }
  return best;
}

function completeLists(requests: readonly ApiRequestRecord[]): readonly CompleteList[] {
  const lists: CompleteList[] = [];
  const open = new Map<string, Moment>();
  for (const request of requests) {
    const { resource } = request;
    if (resource === undefined || isSelective(request)) continue;
    const scope = { resource, ...(request.namespace === undefined ? {} : { namespace: request.namespace }) };
    if (isWatchRequest(request)) {
      const end = initialEventsEnd(request);
      if (end) lists.push({ ...scope, start: momentOf(request), end: momentOf(end) });
      continue;
    }
    if (request.verb !== "list") continue;
    const key = `${resource} ${request.namespace ?? ""}`;
    if (queryOf(request).get("continue") === null) open.set(key, momentOf(request));
    const start = open.get(key);
    const last = request.pages.find((page) => !page.more);
    if (!start || !last) continue;
    lists.push({ ...scope, start, end: momentOf(last) });
    open.delete(key);
  }
  return lists.sort((a, b) => a.end.seq - b.end.seq);
}

/** The end of the state that a watch began with: its bookmark, or at once where the server marks none. */
function initialEventsEnd(request: ApiRequestRecord): Moment | undefined {
  const query = queryOf(request);
  if (query.get("sendInitialEvents") === "true") return request.events.find((event) => event.initialEventsEnd);
  const from = query.get("resourceVersion") ?? "";
  return from === "" || from === "0" ? request : undefined;
}

function watchOf(request: ApiRequestRecord): Watch {
  const { resource = "", namespace, ended } = request;
  return {
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    start: momentOf(request),
    ...(ended === undefined ? {} : { end: momentOf(ended) }),
    lastEvent: (before) => request.events.findLast((event) => event.t <= before)?.t ?? request.t,
  };
}

function momentOf({ seq, t }: Moment): Moment {
  return { seq, t };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
