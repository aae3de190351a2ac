import { pinnedName } from "../selectors/fields.ts";

/** What a request is about, read off its URL alone, as authorisation sees it. */
export type RequestInfo = ResourceRequest | NonResourceRequest;

/** A request for a resource, read from its path and method. */
export interface ResourceRequest {
  readonly isResource: true;
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly subresource?: string;
  /** Namespace of the path; for a Namespace itself, its name. */
  readonly namespace?: string;
  readonly name?: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

interface NonResourceRequest {
  readonly isResource: false;
  readonly verb: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

const VERBS: Readonly<Record<string, string>> = {
  POST: "create",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
  GET: "get",
  HEAD: "get",
};

/**
 * Resolves method and URL as the API server does: `/api/v1/namespaces/x/pods` is a list of pods in x,
 * `/api/v1/namespaces/x` a get of a Namespace, the old `/api/v1/watch/pods` a watch.
 */
export function requestInfo(method: string, target: string): RequestInfo {
  const queryAt = target.indexOf("?");
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  const query = new URLSearchParams(queryAt < 0 ? "" : target.slice(queryAt + 1));
  const nonResource: NonResourceRequest = { isResource: false, verb: method.toLowerCase(), path, query };
  const parts = path
    .split("/")
    .filter((part) => part !== "")
    .map(decodePart);
  const core = parts[0] === "api";
  if (!core && parts[0] !== "apis") return nonResource;
  const rest = parts.slice(core ? 2 : 3);
  if (rest.length === 0) return nonResource;
  const oldWatch = rest[0] === "watch";
  if (oldWatch) rest.shift();
  const located = locate(rest);
  if (located.plural === undefined) return nonResource;
  const pinned = pinnedName(query.get("fieldSelector") ?? "");
  const verb = verbOf(method, located.name !== undefined, oldWatch || isTrue(query.get("watch")), oldWatch);
  const name = located.name ?? (verb === "list" || verb === "watch" || verb === "deletecollection" ? pinned : undefined);
  return {
    isResource: true,
    verb,
    group: core ? "" : (parts[1] ?? ""),
    version: (core ? parts[1] : parts[2]) ?? "",
    plural: located.plural,
    ...(located.subresource === undefined ? {} : { subresource: located.subresource }),
    ...(located.namespace === undefined ? {} : { namespace: located.namespace }),
    ...(name === undefined ? {} : { name }),
    path,
    query,
  };
}

/** A boolean query parameter as the API server reads it: present and not `0` or `false`. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== "0" && value.toLowerCase() !== "false";
}

interface Located {
  readonly plural: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

function locate(rest: readonly string[]): Located {
  const [first, second, third, fourth, fifth] = rest;
  if (first !== "namespaces" || second === undefined) return { plural: first, name: second, subresource: third };
  if (third === undefined) return { plural: first, namespace: second, name: second };
  if (third === "status" || third === "finalize") return { plural: first, namespace: second, name: second, subresource: third };
  return { plural: third, namespace: second, name: fourth, subresource: fifth };
}

function verbOf(method: string, named: boolean, watch: boolean, oldWatch: boolean): string {
  if (method === "GET" || method === "HEAD") {
    if (named && !oldWatch) return "get";
    return watch ? "watch" : "list";
  }
  if (method === "DELETE" && !named) return "deletecollection";
  return VERBS[method] ?? method.toLowerCase();
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
