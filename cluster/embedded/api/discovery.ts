import {
  aggregatedDiscovery,
  coreVersions,
  group,
  groupList,
  resourceList,
  type KubernetesRelease,
  type ResourceDefinition,
} from "../catalog/index.ts";
import { header, type Exchange } from "./exchange.ts";
import { negotiate } from "./negotiate.ts";
import { sendJson, sendText } from "./respond.ts";
import { unknownPath } from "./status.ts";

const HEALTH = new Set(["/healthz", "/livez", "/readyz"]);

/** What discovery speaks of. */
export interface Discovered {
  readonly release: KubernetesRelease;
  readonly resources: readonly ResourceDefinition[];
  /** host:port of the server. */
  readonly serverAddress: string;
}

/** Answers paths that are no resource: health, version, discovery. Anything else is 404. */
export async function serveNonResource(exchange: Exchange, discovered: Discovered): Promise<void> {
  const { method } = exchange.request;
  const path = exchange.info.path.length > 1 ? exchange.info.path.replace(/\/$/, "") : "/";
  if (method !== "GET" && method !== "HEAD") {
    await sendText(exchange, 405, "405 method not allowed\n");
    return;
  }
  if (HEALTH.has(path) || /^\/(healthz|livez|readyz)\/ping$/.test(path)) {
    await sendText(exchange, 200, "ok");
    return;
  }
  if (path === "/api" || path === "/apis") {
    await serveRoot(exchange, discovered, path);
    return;
  }
  const body = documentAt(path, discovered);
  if (body === undefined) {
    await sendUnknown(exchange, path, discovered.resources);
    return;
  }
  negotiate(header(exchange.request, "accept"), "plain");
  await sendJson(exchange, 200, body);
}

/** Below a built-in group 404 is a Status; below `/apis` it is text; elsewhere it is the list of what there is. */
async function sendUnknown(exchange: Exchange, path: string, resources: readonly ResourceDefinition[]): Promise<void> {
  const [, root, name = ""] = path.split("/");
  if (root === "api" || (root === "apis" && resources.some(({ group, custom }) => !custom && group === name)))
    throw unknownPath();
  if (root === "apis") await sendText(exchange, 404, "404 page not found\n");
  else await sendJson(exchange, 404, { paths: rootPaths(resources) });
}

async function serveRoot(exchange: Exchange, discovered: Discovered, path: "/api" | "/apis"): Promise<void> {
  const { release, resources, serverAddress } = discovered;
  const media = negotiate(header(exchange.request, "accept"), "discovery", release.features.aggregatedDiscoveryVersions);
  const vary = release.features.aggregatedDiscovery ? { vary: "Accept" } : undefined;
  const options = vary === undefined ? {} : { headers: vary };
  if (media.as === "APIGroupDiscoveryList") {
    const contentType = `application/json;g=apidiscovery.k8s.io;v=${media.version};as=APIGroupDiscoveryList`;
    await sendJson(exchange, 200, aggregatedDiscovery(release, resources, path, media.version), { ...options, contentType });
    return;
  }
  await sendJson(exchange, 200, path === "/api" ? coreVersions(serverAddress) : groupList(resources), options);
}

function documentAt(path: string, { release, resources }: Discovered): object | undefined {
  if (path === "/version") return release.versionInfo;
  if (path === "/") return { paths: rootPaths(resources) };
  const [, root, first = "", second, ...more] = path.split("/");
  if (more.length > 0) return undefined;
  if (root === "api") return second === undefined ? resourceList(release, resources, "", first) : undefined;
  if (root !== "apis") return undefined;
  return second === undefined ? group(resources, first) : resourceList(release, resources, first, second);
}

function rootPaths(resources: readonly ResourceDefinition[]): readonly string[] {
  const groups = resources.flatMap(({ group, versions }) =>
    group === "" ? [] : [`/apis/${group}`, ...versions.map((version) => `/apis/${group}/${version}`)],
  );
  return [...new Set(["/api", "/api/v1", "/apis", ...groups.sort(), "/healthz", "/livez", "/readyz", "/version"])];
}
