import type { AgentBehaviour } from "../behaviour.ts";
import { ApiError, type ApiClient } from "../kubernetes/api-client.ts";
import type { KubeObject, ObjectList } from "../kubernetes/objects.ts";
import type { ApiResource } from "../kubernetes/resources.ts";

/** Takes one page of objects. */
export type PageTaker = (objects: readonly KubeObject[]) => void;

/** What a list asks for. */
export interface ListOptions {
  readonly pageSize: number;
  readonly signal: AbortSignal;
  /** The resourceVersion that the list may not be older than; absent: the latest. Such a list comes whole. */
  readonly notOlderThan: string | undefined;
  readonly behaviour: Pick<AgentBehaviour, "paging" | "expiredToken">;
}

/** How often a list is begun anew after its page token expired, before it is asked for in one piece. */
const PAGED_TRIES = 2;

/**
 * Lists a resource to its last page and returns the resourceVersion to watch from. When the page token expires on
 * the way (410 Gone) the list begins anew: `begin` is called for each try, and only the last try's pages count.
 *
 * @throws ApiError, or an error of the connection
 */
export async function listAll(
  client: ApiClient,
  resource: ApiResource,
  options: ListOptions,
  begin: () => PageTaker,
): Promise<string> {
  const { paging, expiredToken } = options.behaviour;
  let take = begin();
  for (let tries = 1; ; tries += 1) {
    const whole = tries > PAGED_TRIES || paging === "none" || options.notOlderThan !== undefined;
    const limit = whole ? undefined : options.pageSize;
    const list: OpenList = { resourceVersion: "" };
    try {
      await listOnce(client, resource, options, limit, take, list);
      return list.resourceVersion;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 410 || tries > PAGED_TRIES) throw error;
      if (expiredToken === "end-list" && list.resourceVersion !== "") return list.resourceVersion;
      if (expiredToken !== "keep-pages") take = begin();
    }
  }
}

/** How far a list has come. */
interface OpenList {
  /** Of its last page. */
  resourceVersion: string;
}

async function listOnce(
  client: ApiClient,
  resource: ApiResource,
  { signal, behaviour, notOlderThan }: ListOptions,
  limit: number | undefined,
  take: PageTaker,
  list: OpenList,
): Promise<void> {
  let token: string | undefined;
  for (;;) {
    const query = new URLSearchParams();
    if (limit !== undefined) query.set("limit", String(limit));
    if (notOlderThan !== undefined) query.set("resourceVersion", notOlderThan);
    if (token !== undefined) query.set("continue", token);
    if (resource.fieldSelector !== undefined) query.set("fieldSelector", resource.fieldSelector);
    const page = (await client.get(`${resource.path}?${query.toString()}`, signal)) as ObjectList;
    take(page.items ?? []);
    list.resourceVersion = page.metadata?.resourceVersion ?? "";
    token = page.metadata?.continue;
    if (token === undefined || token === "" || behaviour.paging === "first-page") return;
  }
}
