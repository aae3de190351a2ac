import type { AgentVersion } from "../agent-version.ts";
import type { Environment, ResourceEntry } from "../types.ts";
import { homesFor, isDefaultHome, resolveResources, type WatchedResource } from "./resolve.ts";
import { supportedResources } from "./supported.ts";

/**
 * What a ClusterRole must grant: everything that the agent watches under these entries. A pseudo-agent needs what the
 * server requires; a fragment to be added needs what the environment adds.
 */
export function neededAccess(
  environment: Environment,
  agent: AgentVersion,
  entries: readonly ResourceEntry[],
  fragment: boolean,
): WatchedResource[] {
  if (fragment) return addedAccess(environment, agent);
  if (environment.watch?.watcher === "pseudo-agent") return requiredAccess();
  return resolveResources(entries, agent);
}

/** The kinds without which the server keeps nothing or loses pods. Source: protocol.md 7, chapter 3.3.2. */
function requiredAccess(): WatchedResource[] {
  return supportedResources
    .filter(({ need }) => need === "required")
    .map(({ name, homes }) => ({ name, groups: homes.slice(0, 1).map(({ group }) => group) }));
}

/** What the environment needs besides the defaults. */
function addedAccess({ resources }: Environment, agent: AgentVersion): WatchedResource[] {
  return (resources ?? [])
    .filter((entry) => entry.disabled !== true && !isDefaultHome(entry))
    .map((entry) => ({ name: entry.name, groups: homesFor(entry, agent).map(({ group }) => group) }));
}
