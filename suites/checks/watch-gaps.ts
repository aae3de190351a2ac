import { scriptOf } from "../history/fault-specs.ts";
import type { ApiRequestRecord, Moment, ScenarioHistory } from "../history/types.ts";
import { type Commit, isWatchRequest, queryOf, type Upload } from "../oracle/index.ts";
import { failedRequests } from "./api-faults.ts";
import { showingOf } from "./change.ts";
import type { CheckContext } from "./check.ts";
import { isGivenUp } from "./paging.ts";
import { hasPassed } from "./deadline.ts";

/** A time in which nothing of a kind was delivered, and what came after it. */
export interface Gap {
  readonly resource: string;
  /** Whatever was committed after this had not been delivered when the gap began. */
  readonly from: Moment;
  /** What made the gap: the watch that ended, or the list that a watch is to follow. */
  readonly by: ApiRequestRecord;
  readonly began: Moment;
  /** What was delivered first afterwards; absent where nothing was. */
  readonly to?: Moment;
  /** The request that closed it, or shall. */
  readonly next?: ApiRequestRecord;
}

type Requests = readonly ApiRequestRecord[];

function requestsOf({ scenario, oracle }: CheckContext): ReadonlyMap<string, Requests> {
  const groups = new Map<string, ApiRequestRecord[]>();
  for (const request of scenario.api.requests) {
    const { resource, namespace = "" } = request;
    if (resource === undefined || !oracle.uploadedResources.has(resource)) continue;
    const key = `${resource} ${namespace}`;
    const known = groups.get(key);
    if (known) known.push(request);
    else groups.set(key, [request]);
  }
  return groups;
}

/** When a request that succeeded delivered its first: a page, an event, or for a watch without any, its end. */
function firstDelivery(request: ApiRequestRecord): Moment | undefined {
  if (request.verb === "list") return request.pages[0];
  return isWatchRequest(request) ? (request.events[0] ?? request.ended) : undefined;
}

function isServed(request: ApiRequestRecord): boolean {
  return request.verb === "list" ? request.pages.length > 0 : isWatchRequest(request);
}

/** Whether a watch was told that its position is too old. */
function isExpired(scenario: ScenarioHistory, request: ApiRequestRecord): boolean {
  if (request.verb !== "watch") return false;
  if (request.ended?.status === 410) return true;
  if (!request.events.some(({ type }) => type === "ERROR")) return false;
  // The event itself is not recorded: a script says which error it was, and of its own accord the server tells this one.
  const script = scenario.faults.filter(({ hits }) => hits.some(({ req }) => req === request.req)).map(scriptOf);
  const code = script.find((one) => one?.fault === "api-error-event")?.["code"];
  return code === undefined || code === 410;
}

/** Watches that the peer cut: from their last event on, nothing had been delivered. */
export function cutGaps(context: CheckContext): readonly Gap[] {
  return [...requestsOf(context).values()].flatMap((requests) =>
    requests.flatMap((watch, index): readonly Gap[] => {
      const { ended } = watch;
      const cut = ended?.reason === "fault" || ended?.reason === "server";
      if (!ended || !cut || !isWatchRequest(watch) || isExpired(context.scenario, watch)) return [];
      if (ended.seq > context.oracle.observedUntil.seq) return [];
      return [{ ...gapAfter(requests, index, ended), from: watch.events.at(-1) ?? watch }];
    }),
  );
}

/** Watches that expired. Only a list closes such a gap, or a watch that begins with the whole state. */
export function expiredGaps(context: CheckContext): readonly Gap[] {
  return [...requestsOf(context).values()].flatMap((requests) =>
    requests.flatMap((watch, index): readonly Gap[] => {
      if (!isExpired(context.scenario, watch)) return [];
      const at = watch.events.find(({ type }) => type === "ERROR") ?? watch.ended ?? watch;
      const before = requests.slice(0, index + 1).flatMap(({ pages, events }) => [...pages, ...events]);
      const told = before.filter((one) => one.seq < at.seq && !("type" in one && one.type === "ERROR"));
      const from = told.reduce<Moment>((last, one) => (one.seq > last.seq ? one : last), context.oracle.startedAt);
      const list = context.oracle
        .completeLists(watch.resource)
        .find(({ start, namespace }) => start.seq > at.seq && namespace === watch.namespace);
      const next = requests.find(({ seq }) => seq === list?.start.seq);
      // A fresh list that was given up after some pages is KAS-WATCH-5's.
      if (!next && requests.slice(index + 1).some((request) => isGivenUp(context.scenario, request))) return [];
      const to = next && firstDelivery(next);
      return [{ resource: watch.resource ?? "", by: watch, began: at, from, ...(to && { to }), ...(next && list && { next }) }];
    }),
  );
}

/** Lists that a watch followed: what is committed in between is in neither, unless the watch begins where the list ended. */
export function listGaps(context: CheckContext): readonly Gap[] {
  return [...requestsOf(context).values()].flatMap((requests) =>
    requests.flatMap((list, index): readonly Gap[] => {
      const [page] = list.pages;
      if (list.verb !== "list" || page === undefined || queryOf(list).get("continue")) return [];
      const next = requests.slice(index + 1).find((request) => request.verb === "watch" || !queryOf(request).get("continue"));
      if (next?.verb !== "watch") return [];
      return [{ ...gapAfter(requests, requests.indexOf(next) - 1, page), by: list, from: asOf(context, requests, list) ?? page }];
    }),
  );
}

/** When a list that was given again as it had been was given first; undefined for one that is of its time. */
function asOf({ scenario }: CheckContext, requests: Requests, list: ApiRequestRecord): Moment | undefined {
  const isStale = ({ req }: ApiRequestRecord) =>
    scenario.faults.some((fault) => scriptOf(fault)?.fault === "api-stale-list" && fault.hits.some((hit) => hit.req === req));
  if (!isStale(list)) return undefined;
  const isSame = ({ verb, seq, pages }: ApiRequestRecord) =>
    verb === "list" && seq < list.seq && pages[0]?.resourceVersion === list.pages[0]?.resourceVersion;
  return requests.find((request) => isSame(request) && !isStale(request))?.pages[0];
}

function gapAfter(requests: Requests, index: number, began: Moment): Omit<Gap, "from"> {
  const by = requests[index];
  const next = requests.slice(index + 1).find(isServed);
  const to = next && firstDelivery(next);
  return {
    resource: by?.resource ?? "",
    by: by as ApiRequestRecord,
    began,
    ...(to && { to }),
    ...(next && { next }),
  };
}

/** From when on the agent could recover: the gap began, and the last fault that kept its kind from being read was over. */
export function recoverableAt({ scenario }: CheckContext, { resource, began, next, to }: Gap): Moment {
  const until = to?.seq ?? next?.seq ?? Infinity;
  const failures = failedRequests(scenario).filter(
    (failure) => failure.resource === resource && failure.seq > began.seq && failure.seq < until,
  );
  const ends = failures.flatMap(({ fault, seq, t }) => [{ seq, t }, ...(fault.removed ? [fault.removed] : [])]);
  return ends.reduce<Moment>((last, end) => (end.t > last.t ? end : last), began);
}

/** A change in a gap, and what became of it. */
export interface GapChange {
  readonly gap: Gap;
  readonly commit: Commit;
  readonly due: number;
  /** The first snapshot that shows it. */
  readonly shown?: Upload;
  /** True where it did not show in time, though the agent was observed. */
  readonly lost: boolean;
}

/** The changes to a kind in gaps, as far as they must show and nothing overtook them before they had to. */
export function changesIn(context: CheckContext, gaps: readonly Gap[]): readonly GapChange[] {
  const { oracle, plan } = context;
  return gaps.flatMap((gap) => {
    const base = recoverableAt(context, gap);
    return oracle.relevantCommits.flatMap((commit): readonly GapChange[] => {
      const { life } = commit;
      if (life.resource !== gap.resource || commit.seq <= gap.from.seq || commit.seq >= (gap.to?.seq ?? Infinity)) return [];
      if (gap.by.namespace !== undefined && gap.by.namespace !== life.namespace) return [];
      const due = oracle.time.after(Math.max(commit.t, base.t), plan.budgets.api);
      const test = showingOf(context, commit, due);
      if (test === undefined) return [];
      const shown = oracle.uploads.find(test);
      const lost = shown ? shown.call.t > due : hasPassed(due, oracle.observedUntil);
      return [{ gap, commit, due, lost, ...(shown && { shown }) }];
    });
  });
}
