import type { VersionRange } from "../agent-version.ts";

/** Turns an agent into a watcher only. Source: protocol.md 5.4. */
export const ONLY_WATCH = "ONLY_WATCH_K8S_RESOURCE";
/** Its successor: watch-only, watch-disabled; everything else is normal. */
export const WATCH_POLICY = "K8S_WATCH_POLICY";
/** Without it no agent watches the API server. */
export const IN_CONTAINER = "IN_CONTAINER";

/** Agents that obey the old variable. */
export const ONLY_WATCH_AGENTS: VersionRange = { from: "v6.2.1", to: "v6.6.5" };
/** Agents that leave, again and again, where the old variable is set: every release after v6.6.5 (the first is v6.6.9). */
export const ONLY_WATCH_FATAL: VersionRange = { from: "v6.6.6" };
/** Agents that know the new one. */
export const WATCH_POLICY_AGENTS: VersionRange = { from: "v6.6.9" };
/** Agents whose API watcher asks for `IN_CONTAINER`. */
export const IN_CONTAINER_AGENTS: VersionRange = { from: "v6.2" };
