import type { AgentVersion } from "../agent-version.ts";
import { usesNewKeys } from "../agent-version.ts";
import type { Cursor } from "../documents/cursor.ts";
import { entriesBelow } from "../documents/walk.ts";

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

/** All of them. */
export const allKeys: readonly SettingKeys[] = Object.values(settingKeys);

/** The name of a setting. */
export type SettingName = keyof typeof settingKeys;

/** The path of a setting as this agent reads it. */
export function keyFor(name: SettingName, agent: AgentVersion): string {
  return settingKeys[name][usesNewKeys(agent) ? "new" : "old"].join(".");
}

/**
 * The setting where this agent reads it, else where the other generation does, else wherever it was put: a wrong key is
 * blamed once, by its own rule, and what stands there is judged all the same.
 */
export function settingIn(root: Cursor, name: SettingName, agent: AgentVersion): Cursor {
  const { old, new: current } = settingKeys[name];
  const [first, second] = usesNewKeys(agent) ? [current, old] : [old, current];
  const found = root.get(...first);
  const other = found.kind === "absent" ? root.get(...second) : found;
  return other.kind === "absent" ? (misplaced(root, settingKeys[name])[0] ?? other) : other;
}

/** Places whose key has the name of a setting, but stands elsewhere or is spelt with other hyphens or capitals. */
export function misplaced(root: Cursor, keys: SettingKeys): Cursor[] {
  const names = [keys.old, keys.new].map((path) => plain(path.at(-1)));
  const right = new Set(allKeys.flatMap((known) => [known.old.join("."), known.new.join(".")]));
  return entriesBelow(root)
    .filter(({ key, at }) => names.includes(plain(key)) && !right.has(pathWithin(at)))
    .map(({ at }) => at);
}

/** The path of a place in its own document, without what wraps that. */
export function pathWithin({ path }: Cursor): string {
  return path.slice(path.lastIndexOf("> ") + 1).trim();
}

/** Spelling without what people get wrong. */
function plain(key: string | undefined): string {
  return (key ?? "").toLowerCase().replaceAll("_", "-");
}
