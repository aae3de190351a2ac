import type { KubernetesRelease } from "../catalog/index.ts";
import { parseFieldSelector } from "../selectors/fields.ts";
import { parseLabelSelector } from "../selectors/labels.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import { CompactedError } from "../storage/resource-store.ts";
import type { StoredObject } from "../storage/stored-object.ts";
import { decodeContinue, encodeContinue, type ContinueToken } from "./continue-token.ts";
import { parseRevision, type ListOptions } from "./list-options.ts";
import { ApiError, badRequest, expired, tooLargeResourceVersion } from "./status.ts";
import type { Target } from "./target.ts";

/** One page of a list. */
export interface ListPage {
  readonly revision: number;
  readonly objects: readonly StoredObject[];
  /** Token of the next page; absent on the last. */
  readonly continue?: string;
  /** How many objects follow; only where no selector makes it unknowable. */
  readonly remaining?: number;
}

/** How long a request for a future revision waits. */
export interface Patience {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Whether a stored object is in a target's scope and selected. */
export type Filter = (object: StoredObject) => boolean;

const INCONSISTENT =
  "The provided continue parameter is too old to display a consistent list result. You can start a new list without the " +
  "continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with " +
  "the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the " +
  "first chunk was returned and now may show up in the list.";

/**
 * Answers a list. Semantics of resourceVersion and its match: absent = latest; "0" = whatever there is, in one piece, the
 * limit ignored; Exact, or a bare number with a limit = that state; otherwise at least as new, waited for.
 * @throws ApiError 400, 410 (history gone), 504 (revision not reached; 500 for a page in old releases)
 */
export async function listObjects(
  store: ObjectStore,
  release: KubernetesRelease,
  target: Target,
  options: ListOptions,
  patience: Patience,
): Promise<ListPage> {
  const { limit } = options;
  const filter = selectorFilter(target, options);
  const selective = options.labelSelector !== "" || options.fieldSelector !== "";
  if (options.continue !== "") {
    const token = decodeContinue(options.continue);
    if (options.resourceVersion !== "" && options.resourceVersion !== "0") {
      throw badRequest("specifying resource version is not allowed when using continue");
    }
    const revision = token.revision > 0 ? token.revision : store.revision;
    return page(pastState(store, target, revision, token), revision, target, token.start, limit, filter, selective);
  }
  const asked = parseRevision(options.resourceVersion, limit > 0);
  const resource = store.resource(target.resource);
  if (asked === undefined) return page(resource.snapshot(), store.revision, target, "", limit, filter, selective);
  if (asked === 0) return page(resource.snapshot(), resource.cached, target, "", 0, filter, selective);
  if (options.resourceVersionMatch === "Exact" || (options.resourceVersionMatch === "" && limit > 0)) {
    if (asked > store.revision) throw futureRevision(release, asked, store.revision);
    return page(pastState(store, target, asked), asked, target, "", limit, filter, selective);
  }
  if (limit > 0) {
    // A page comes from etcd, which is compared, not waited for.
    if (asked > store.revision) throw tooLargeResourceVersion(asked, store.revision);
    return page(resource.snapshot(), store.revision, target, "", limit, filter, selective);
  }
  await untilCached(store, target, asked, patience);
  return page(resource.snapshot(), resource.cached, target, "", limit, filter, selective);
}

/**
 * Waits for the watch cache of a resource. What changes other resources brings it no further, so that a revision that came by
 * those is waited for in vain: no release that is served here asks etcd how far it is.
 * @throws ApiError 504 where the revision is not reached in time
 */
export async function untilCached(
  store: ObjectStore,
  { resource: key }: Pick<Target, "resource">,
  revision: number,
  { timeoutMs, signal }: Patience,
): Promise<void> {
  const resource = store.resource(key);
  if (await store.becomes(() => resource.cached >= revision, timeoutMs, signal)) return;
  throw tooLargeResourceVersion(revision, resource.cached, 1);
}

/** Old releases pass on what etcd says. */
function futureRevision(release: KubernetesRelease, asked: number, current: number): ApiError {
  if (release.id !== "1.20") return tooLargeResourceVersion(asked, current);
  return new ApiError(500, "", "etcdserver: mvcc: required revision is a future revision");
}

/** @throws ApiError 400 for selectors that are none */
export function selectorFilter(target: Target, options: ListOptions): Filter {
  const labels = parseLabelSelector(options.labelSelector);
  const fields = parseFieldSelector(options.fieldSelector, target.definition, target.resource);
  return (object) =>
    object.key.startsWith(target.prefix) &&
    (labels === undefined || labels(object.metadata.labels ?? {})) &&
    (fields === undefined || fields(object.source));
}

function pastState(store: ObjectStore, target: Target, revision: number, token?: ContinueToken): readonly StoredObject[] {
  try {
    return store.resource(target.resource).snapshotAt(revision);
  } catch (error) {
    if (!(error instanceof CompactedError)) throw error;
    if (token === undefined) throw expired("The resourceVersion for the provided list is too old.");
    throw expired(INCONSISTENT, encodeContinue({ revision: -1, start: token.start }));
  }
}

function page(
  state: readonly StoredObject[],
  revision: number,
  target: Target,
  start: string,
  limit: number,
  filter: Filter,
  selective: boolean,
): ListPage {
  const first = lowerBound(state, target.prefix + start);
  // The prefix ends in "/", and "0" is the next character: the bound of all keys that begin with it.
  const end = target.prefix === "" ? state.length : lowerBound(state, `${target.prefix.slice(0, -1)}0`);
  if (limit <= 0) return { revision, objects: state.slice(first, end).filter(filter) };
  const objects: StoredObject[] = [];
  let next = first;
  for (; next < end && objects.length < limit; next += 1) {
    const object = state[next];
    if (object !== undefined && filter(object)) objects.push(object);
  }
  const last = state[next - 1];
  if (next >= end || last === undefined) return { revision, objects };
  const token = encodeContinue({ revision, start: `${last.key.slice(target.prefix.length)}\u0000` });
  return { revision, objects, continue: token, ...(selective ? {} : { remaining: end - next }) };
}

function lowerBound(state: readonly StoredObject[], key: string): number {
  let low = 0;
  let high = state.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((state[middle]?.key ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
