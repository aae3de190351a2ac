import { findRelease, resourceKey, resourcesOf } from "../embedded/catalog/index.ts";
import type { RequestInfo } from "../embedded/api/request-info.ts";

/** Resources that are stored under another's name: ingresses of `extensions`, events of `events.k8s.io`. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  ["1.20", "1.30"]
    .flatMap((id) => resourcesOf(findRelease(id)!, []))
    .flatMap((definition) =>
      definition.storedAs === undefined ? [] : [[resourceKey(definition), definition.storedAs] as const],
    ),
);

/** Key of the resource that a request addresses (`pods`, `deployments.apps`), whether the server has it or not. */
export function resourceKeyOf(info: RequestInfo): string | undefined {
  if (!info.isResource) return undefined;
  const key = info.group === "" ? info.plural : `${info.plural}.${info.group}`;
  return ALIASES.get(key) ?? key;
}
