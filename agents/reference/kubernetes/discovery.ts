import { ApiError, type ApiClient } from "./api-client.ts";
import { isObject } from "./objects.ts";
import { groupVersionPath, type ApiResource, type GroupVersion } from "./resources.ts";
import type { WantedResource } from "./resource-rules.ts";

/**
 * Asks the API server which of the wanted resources it offers, and takes the best of each. Where it will not say
 * (401, 403), the best candidate is taken as offered: its list then tells.
 *
 * @throws ApiError, or an error of the connection: to be tried again
 */
export async function discoverResources(
  client: ApiClient,
  wanted: readonly WantedResource[],
  signal: AbortSignal,
): Promise<{ resources: ApiResource[]; missing: string[] }> {
  const offers = new Map<string, Promise<ReadonlySet<string> | "unknown">>();
  const offered = async (candidate: GroupVersion, name: string) => {
    const path = groupVersionPath(candidate);
    const offer = offers.get(path) ?? readOffer(client, path, signal);
    offers.set(path, offer);
    const names = await offer;
    return names === "unknown" || names.has(name);
  };

  const resources = new Map<string, ApiResource>();
  const missing: string[] = [];
  for (const want of wanted) {
    const found = await firstOffered(want, offered);
    if (found === undefined) missing.push(want.resource.name);
    else resources.set(found.path, found); // two rules may come to the same resource
  }
  return { resources: [...resources.values()], missing };
}

async function firstOffered(
  want: WantedResource,
  offered: (candidate: GroupVersion, name: string) => Promise<boolean>,
): Promise<ApiResource | undefined> {
  const { type, trim } = want.resource;
  for (const candidate of want.candidates) {
    const { name, kind } = candidate.called ?? want.resource;
    if (!(await offered(candidate, name))) continue;
    const { group, version } = candidate;
    return {
      id: group === "" ? name : `${name}.${group}`,
      apiVersion: group === "" ? version : `${group}/${version}`,
      kind,
      path: `${groupVersionPath(candidate)}/${name}`,
      type,
      trim,
      ...(want.fieldSelector === undefined ? {} : { fieldSelector: want.fieldSelector }),
    };
  }
  return undefined;
}

async function readOffer(client: ApiClient, path: string, signal: AbortSignal): Promise<ReadonlySet<string> | "unknown"> {
  try {
    const list = await client.get(path, signal);
    const resources = isObject(list) && Array.isArray(list["resources"]) ? (list["resources"] as unknown[]) : [];
    return new Set(resources.filter(isObject).map((resource) => String(resource["name"])));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return new Set();
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return "unknown";
    throw error;
  }
}
