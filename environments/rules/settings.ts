import type { AgentVersion } from "../agent-version.ts";
import { usesNewKeys } from "../agent-version.ts";
import type { Cursor } from "../documents/cursor.ts";

/** One setting under its two names. */
export interface SettingKeys {
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/** The settings that the special environments touch. Source: protocol.md 6.1. */
export const settingKeys = {
  regex: { old: ["tap_interface_regex"], new: ["inputs", "cbpf", "af_packet", "interface_regex"] },
  mode: { old: ["tap_mode"], new: ["inputs", "cbpf", "common", "capture_mode"] },
  srcInterfaces: { old: ["static_config", "src-interfaces"], new: ["inputs", "cbpf", "af_packet", "src_interfaces"] },
  resources: { old: ["static_config", "kubernetes-resources"], new: ["inputs", "resources", "kubernetes", "api_resources"] },
  namespace: {
    old: ["static_config", "kubernetes-namespace"],
    new: ["inputs", "resources", "kubernetes", "kubernetes_namespace"],
  },
  pageSize: {
    old: ["static_config", "kubernetes-api-list-limit"],
    new: ["inputs", "resources", "kubernetes", "api_list_page_size"],
  },
  listInterval: {
    old: ["static_config", "kubernetes-api-list-interval"],
    new: ["inputs", "resources", "kubernetes", "api_list_max_interval"],
  },
  poller: {
    old: ["static_config", "kubernetes-poller-type"],
    new: ["inputs", "resources", "kubernetes", "pod_mac_collection_method"],
  },
  flavour: { old: ["static_config", "ingress-flavour"], new: ["inputs", "resources", "kubernetes", "ingress_flavour"] },
  interval: { old: ["platform_sync_interval"], new: ["inputs", "resources", "push_interval"] },
} as const satisfies Record<string, SettingKeys>;

/** The name of a setting. */
export type SettingName = keyof typeof settingKeys;

/** The path of a setting as this agent reads it. */
export function keyFor(name: SettingName, agent: AgentVersion): string {
  return settingKeys[name][usesNewKeys(agent) ? "new" : "old"].join(".");
}

/** The setting where this agent reads it, else where the other generation does: a wrong key is blamed once, by its own rule. */
export function settingIn(root: Cursor, name: SettingName, agent: AgentVersion): Cursor {
  const { old, new: current } = settingKeys[name];
  const [first, second] = usesNewKeys(agent) ? [current, old] : [old, current];
  const found = root.get(...first);
  return found.kind === "absent" ? root.get(...second) : found;
}
