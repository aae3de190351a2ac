import { ApiError, type ApiClient } from "../kubernetes/api-client.ts";
import type { KubeObject, ObjectList } from "../kubernetes/objects.ts";
import type { ApiResource } from "../kubernetes/resources.ts";

/** Takes one page of objects. */
export type PageTaker = (objects: readonly KubeObject[]) => void;

/** What a list asks for. */
export interface ListOptions {
  readonly pageSize: number;
  readonly signal: AbortSignal;
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
  for (let tries = 1; ; tries += 1) {
    try {
      return await listOnce(client, resource, options, tries > PAGED_TRIES ? undefined : options.pageSize, begin());
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 410 || tries > PAGED_TRIES) throw error;
    }
  }
}

async function listOnce(
  client: ApiClient,
  resource: ApiResource,
  { signal }: ListOptions,
  limit: number | undefined,
  take: PageTaker,
): Promise<string> {
  let token: string | undefined;
  for (;;) {
    const query = new URLSearchParams();
    if (limit !== undefined) query.set("limit", String(limit));
    if (token !== undefined) query.set("continue", token);
    if (resource.fieldSelector !== undefined) query.set("fieldSelector", resource.fieldSelector);
    const page = (await client.get(`${resource.path}?${query.toString()}`, signal)) as ObjectList;
    take(page.items ?? []);
    token = page.metadata?.continue;
    if (token === undefined || token === "") return page.metadata?.resourceVersion ?? "";
  }
}
