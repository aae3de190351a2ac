import type { KubeObject } from "../catalog/index.ts";
import type { StoredObject } from "../storage/stored-object.ts";
import { isFields, fieldsOf, type Fields } from "../writes/json.ts";
import { jsonPatch } from "../writes/json-patch.ts";
import { mergePatch } from "../writes/merge-patch.ts";
import { strategicMerge } from "../writes/strategic-merge.ts";
import { deletionReturnsObject } from "../writes/strategy.ts";
import { ObjectWriter, type Preconditions, type WriteOptions } from "../writes/writer.ts";
import { bodyOf, contentTypeOf, objectBodyOf, optionsBodyOf, parseJson } from "./body.ts";
import { header, type Exchange } from "./exchange.ts";
import { objectBody } from "./get.ts";
import { listBody } from "./list-body.ts";
import { listObjects } from "./list.ts";
import { parseListOptions } from "./list-options.ts";
import { negotiate } from "./negotiate.ts";
import type { ResourceRequest } from "./request-info.ts";
import { sendBody, sendJson } from "./respond.ts";
import { reviewSelf } from "./reviews.ts";
import type { ApiServerContext } from "./server.ts";
import { ApiError, badRequest, detailsOf, invalid, methodNotAllowed } from "./status.ts";
import type { Target } from "./target.ts";

/** Patch media types; strategic merge is for built-in kinds alone. Server-side apply is not served: 415. */
const PATCHES: Readonly<Record<string, (object: KubeObject, patch: unknown) => unknown>> = {
  "application/json-patch+json": jsonPatch,
  "application/merge-patch+json": mergePatch,
  "application/strategic-merge-patch+json": strategicMerge,
};

/** Answers a request that writes. @throws ApiError */
export async function serveWrite(
  exchange: Exchange,
  context: ApiServerContext,
  info: ResourceRequest,
  target: Target,
): Promise<void> {
  const writer = new ObjectWriter(context.store, context.release, context.now);
  const options = writeOptions(exchange, info);
  const { name } = info;
  if (info.verb === "create") {
    if (name !== undefined || (target.definition.namespaced && target.namespace === undefined)) throw methodNotAllowed();
    await create(exchange, context, target, writer, options);
  } else if (info.verb === "update" && name !== undefined) {
    await sendObject(exchange, context, target, writer.update(target, name, await objectBodyOf(exchange, target), options), 200);
  } else if (info.verb === "patch" && name !== undefined) {
    const change = await patchOf(exchange, target);
    await sendObject(exchange, context, target, writer.modify(target, name, change, options), 200);
  } else if (info.verb === "delete" && name !== undefined) {
    await remove(exchange, context, target, name, writer, options);
  } else if (info.verb === "deletecollection" && (target.namespace !== undefined || !target.definition.namespaced)) {
    await removeAll(exchange, context, info, target, writer, options);
  } else {
    throw methodNotAllowed();
  }
}

async function create(
  exchange: Exchange,
  context: ApiServerContext,
  target: Target,
  writer: ObjectWriter,
  options: WriteOptions,
): Promise<void> {
  const body = await objectBodyOf(exchange, target);
  const review = reviewSelf(exchange.user, target, fieldsOf(body));
  if (review !== undefined) {
    await sendJson(exchange, 201, review);
    return;
  }
  if (!target.definition.verbs.includes("get")) throw methodNotAllowed();
  await sendObject(exchange, context, target, writer.create(target, body, options), 201);
}

async function remove(
  exchange: Exchange,
  context: ApiServerContext,
  target: Target,
  name: string,
  writer: ObjectWriter,
  options: WriteOptions,
): Promise<void> {
  const body = await optionsBodyOf(exchange, target);
  const preconditions = preconditionsOf(isFields(body) ? body : {});
  const dryRun = options.dryRun === true || (isFields(body) && body["dryRun"] !== undefined);
  const { object, gone } = writer.delete(target, name, preconditions, { ...options, dryRun });
  if (!gone || deletionReturnsObject(target.resource, context.release)) {
    await sendObject(exchange, context, target, object, 200);
    return;
  }
  const details = { ...detailsOf(target.definition, name), uid: object.uid };
  await sendJson(exchange, 200, { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details });
}

async function removeAll(
  exchange: Exchange,
  context: ApiServerContext,
  info: ResourceRequest,
  target: Target,
  writer: ObjectWriter,
  options: WriteOptions,
): Promise<void> {
  const rules = { knowsSendInitialEvents: false, watchList: false };
  const page = await listObjects(context.store, context.release, target, parseListOptions(info.query, false, rules), {
    timeoutMs: context.freshnessMs,
    signal: exchange.signal,
  });
  for (const object of page.objects) {
    const { namespace, name } = object.metadata;
    const place = namespace === undefined ? target : { ...target, namespace };
    writer.delete(place, name, {}, options);
  }
  const media = negotiate(header(exchange.request, "accept"), "resource");
  await sendBody(exchange, 200, listBody(context.release, target, page, media, info.query, context.now()));
}

async function sendObject(
  exchange: Exchange,
  context: ApiServerContext,
  target: Target,
  object: StoredObject,
  code: number,
): Promise<void> {
  const media = negotiate(header(exchange.request, "accept"), "resource");
  await sendBody(exchange, code, objectBody(target, object, media, exchange.info.query, context.now()));
}

async function patchOf(exchange: Exchange, target: Target): Promise<(object: KubeObject) => unknown> {
  const type = contentTypeOf(exchange);
  const apply = Object.hasOwn(PATCHES, type) ? PATCHES[type] : undefined;
  const accepted = Object.keys(PATCHES).filter((name) => !target.definition.custom || !name.includes("strategic"));
  if (apply === undefined || !accepted.includes(type)) {
    throw new ApiError(415, "UnsupportedMediaType", "415: Unsupported Media Type", {});
  }
  const patch = parseJson(await bodyOf(exchange), () => new ApiError(500, "", "Invalid JSON Patch"));
  if (type !== "application/json-patch+json" && !isFields(patch)) throw badRequest("the patch is no JSON object");
  return (object) => apply(object, patch);
}

function writeOptions(exchange: Exchange, info: ResourceRequest): WriteOptions {
  const agent = header(exchange.request, "user-agent") ?? "";
  const manager = info.query.get("fieldManager") ?? (agent.split("/", 1)[0]?.slice(0, 128) || "unknown");
  const dryRun = info.query.has("dryRun");
  if (dryRun && info.query.getAll("dryRun").some((value) => value !== "All")) throw unsupportedDryRun(info);
  return { manager, dryRun, ...(info.subresource === undefined ? {} : { subresource: info.subresource }) };
}

function unsupportedDryRun(info: ResourceRequest): ApiError {
  const values = info.query.getAll("dryRun").map((value) => `"${value}"`);
  const message = `Unsupported value: []string{${values.join(", ")}}: supported values: "All"`;
  const kinds: Readonly<Record<string, string>> = { create: "CreateOptions", update: "UpdateOptions", patch: "PatchOptions" };
  const kind = kinds[info.verb] ?? "DeleteOptions";
  return invalid(kind, "meta.k8s.io", "", [{ reason: "FieldValueNotSupported", field: "dryRun", message }]);
}

function preconditionsOf(body: Fields): Preconditions {
  const { uid, resourceVersion } = fieldsOf(body["preconditions"]);
  return {
    ...(typeof uid === "string" ? { uid } : {}),
    ...(typeof resourceVersion === "string" ? { resourceVersion } : {}),
  };
}
