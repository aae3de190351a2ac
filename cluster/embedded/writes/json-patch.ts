import { isDeepStrictEqual } from "node:util";
import { ApiError, badRequest } from "../api/status.ts";
import { isFields, type Fields } from "./json.ts";
import { setOwn } from "./merge-patch.ts";

/**
 * Applies a JSON patch (RFC 6902). Neither argument is changed.
 * @throws ApiError 400 for what is no patch, 422 where an operation cannot be applied or a test fails
 */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw badRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
  let document = structuredClone(target);
  for (const operation of patch as readonly unknown[]) {
    if (!isFields(operation)) throw badRequest("json: cannot unmarshal into Go value of type jsonpatch.Operation");
    document = apply(document, operation);
  }
  return document;
}

function apply(document: unknown, operation: Fields): unknown {
  const path = pointer(operation["path"]);
  switch (operation["op"]) {
    case "add":
      return add(document, path, structuredClone(operation["value"]));
    case "replace":
      read(document, path);
      return path.length === 0
        ? structuredClone(operation["value"])
        : replace(document, path, structuredClone(operation["value"]));
    case "remove":
      return remove(document, path);
    case "test":
      if (isDeepStrictEqual(read(document, path), operation["value"])) return document;
      throw rejected(`testing value ${String(operation["path"])} failed`);
    case "move": {
      const from = pointer(operation["from"]);
      const value = read(document, from);
      return add(remove(document, from), path, value);
    }
    case "copy":
      return add(document, path, structuredClone(read(document, pointer(operation["from"]))));
    default:
      throw rejected(`unexpected kind: ${String(operation["op"])}`);
  }
}

function pointer(path: unknown): readonly string[] {
  if (typeof path !== "string" || (path !== "" && !path.startsWith("/"))) throw rejected(`invalid path ${String(path)}`);
  return path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function read(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const part of path) {
    if (Array.isArray(value)) value = (value as readonly unknown[])[indexIn(value, part)];
    else if (isFields(value) && Object.hasOwn(value, part)) value = value[part];
    else throw rejected(`missing value at /${path.join("/")}`);
  }
  return value;
}

function add(document: unknown, path: readonly string[], value: unknown): unknown {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(last === "-" ? parent.length : indexIn(parent, last, parent.length), 0, value);
  else if (isFields(parent)) setOwn(parent, last, value);
  else throw rejected(`add operation does not apply: /${path.join("/")}`);
  return document;
}

function replace(document: unknown, path: readonly string[], value: unknown): unknown {
  const parent = read(document, path.slice(0, -1));
  const last = path.at(-1) ?? "";
  if (Array.isArray(parent)) parent[indexIn(parent, last)] = value;
  else setOwn(parent as Record<string, unknown>, last, value);
  return document;
}

function remove(document: unknown, path: readonly string[]): unknown {
  read(document, path);
  const last = path.at(-1) ?? "";
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(indexIn(parent, last), 1);
  else delete (parent as Record<string, unknown>)[last];
  return document;
}

function indexIn(list: readonly unknown[], part: string, highest = list.length - 1): number {
  const index = Number(part);
  if (!/^\d+$/.test(part) || index > highest) throw rejected(`index ${part} is out of range`);
  return index;
}

/** The server keeps to itself what did not apply; `why` is for who reads this. */
function rejected(_why: string): ApiError {
  return new ApiError(422, "Invalid", "the server rejected our request due to an error in our request", {});
}
