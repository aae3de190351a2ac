import { Buffer } from "node:buffer";
import { partialObjectMetadataOf, tableOf } from "../catalog/index.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import { keyOf, type StoredObject } from "../storage/stored-object.ts";
import { includeObject } from "./list-body.ts";
import { parseRevision } from "./list-options.ts";
import { untilCached, type Patience } from "./list.ts";
import type { Media } from "./negotiate.ts";
import { single, type Body } from "./respond.ts";
import { ApiError, notFound } from "./status.ts";
import { encodedFor, objectFor, type Target } from "./target.ts";

/** @throws ApiError 404, or 504 where `resourceVersion` asks for a revision that is not reached */
export async function getObject(
  store: ObjectStore,
  target: Target,
  name: string,
  query: URLSearchParams,
  patience: Patience,
): Promise<StoredObject> {
  const asked = parseRevision(query.get("resourceVersion") ?? "");
  if (asked !== undefined && asked > 0) await untilCached(store, target, asked, patience);
  const found = store.resource(target.resource).get(keyOf(target.namespace, name));
  if (found === undefined) throw notFound(target.definition, name);
  return found;
}

/** One object's JSON in the form asked for. @throws ApiError 406 for a form that only a list can take */
export function objectBody(target: Target, stored: StoredObject, media: Media, query: URLSearchParams, now: number): Body {
  if (media.as === "object") {
    const { bytes } = encodedFor(target, stored);
    return single(Buffer.concat([bytes, Buffer.from("\n")]));
  }
  const version = media.version === "v1beta1" ? "v1beta1" : "v1";
  const object = objectFor(target, stored);
  if (media.as === "PartialObjectMetadata") return json(partialObjectMetadataOf(object, version));
  if (media.as === "Table") {
    const metadata = { resourceVersion: object.metadata.resourceVersion };
    return json(tableOf(target.definition, [object], { now, metadata, version, includeObject: includeObject(query) }));
  }
  throw new ApiError(406, "NotAcceptable", `you requested ${media.as}, but the requested object is not a list`);
}

function json(value: unknown): Body {
  return single(Buffer.from(`${JSON.stringify(value)}\n`));
}
