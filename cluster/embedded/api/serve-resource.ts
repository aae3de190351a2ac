import { header, type Exchange } from "./exchange.ts";
import { getObject, objectBody } from "./get.ts";
import { listBody } from "./list-body.ts";
import { listObjects } from "./list.ts";
import { parseListOptions } from "./list-options.ts";
import { negotiate } from "./negotiate.ts";
import type { ResourceRequest } from "./request-info.ts";
import { sendBody } from "./respond.ts";
import type { ApiServerContext } from "./server.ts";
import { serveWrite } from "./serve-write.ts";
import { methodNotAllowed, unknownPath } from "./status.ts";
import type { Target } from "./target.ts";
import { serveWatch } from "./watch.ts";

const READS = new Set(["get", "list", "watch"]);

/**
 * Answers a request for a resource that is served.
 * @throws ApiError for everything that a real server answers with a Status
 */
export async function serveResource(
  exchange: Exchange,
  context: ApiServerContext,
  info: ResourceRequest,
  target: Target,
): Promise<void> {
  const { definition } = target;
  checkPath(info, target);
  if (!definition.verbs.includes(info.verb) && info.subresource === undefined) throw methodNotAllowed();
  if (!READS.has(info.verb)) {
    await serveWrite(exchange, context, info, target);
    return;
  }
  const media = negotiate(header(exchange.request, "accept"), "resource");
  const patience = { timeoutMs: context.freshnessMs, signal: exchange.signal };
  const { store, recording } = context;
  if (info.verb === "get") {
    const object = await getObject(store, target, info.name ?? "", info.query, patience);
    const body = objectBody(target, object, media, info.query, context.now());
    const onDelivered = () => recording.page(exchange.req, target.resource, object.revision, false, [object]);
    await sendBody(exchange, 200, body, { onDelivered });
    return;
  }
  const rules = { knowsSendInitialEvents: context.release.features.aggregatedDiscovery, watchList: context.watchList };
  const options = parseListOptions(info.query, info.verb === "watch", rules);
  if (info.verb === "watch") {
    await serveWatch(exchange, store, target, options, media, context.watch, recording, patience);
    return;
  }
  const page = await listObjects(store, context.release, target, options, patience);
  const body = listBody(context.release, target, page, media, info.query, context.now());
  const onDelivered = () =>
    recording.page(exchange.req, target.resource, page.revision, page.continue !== undefined, page.objects);
  await sendBody(exchange, 200, body, { onDelivered });
}

/** Routes that no server has: a namespaced object without its namespace, an unknown subresource. */
function checkPath(info: ResourceRequest, { definition, namespace }: Target): void {
  const named = info.path.split("/").filter((part) => part !== "").length > (info.group === "" ? 3 : 4);
  if (definition.namespaced && namespace === undefined && named && info.name !== undefined && !info.path.includes("/watch/")) {
    throw unknownPath();
  }
  if (info.subresource === undefined) return;
  const subresource = definition.subresources.find(({ name }) => name === info.subresource);
  if (subresource === undefined || (subresource.name !== "status" && subresource.name !== "finalize")) throw unknownPath();
  if (!subresource.verbs.includes(info.verb)) throw methodNotAllowed();
}
