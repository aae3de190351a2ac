import { type Mapping, move } from "./mapping.ts";
import { apiResources } from "./api-resources.ts";

const KUBERNETES = ["inputs", "resources", "kubernetes"] as const;
const AF_PACKET = ["inputs", "cbpf", "af_packet"] as const;

/** One row of protocol.md 6.1: a key of agents up to v6.6.4 and where later agents look for the same. */
interface RenamedKey {
  readonly old: readonly string[];
  readonly now: readonly string[];
  readonly convert?: (value: unknown, at: string) => unknown;
}

const RENAMED: readonly RenamedKey[] = [
  { old: ["tap_interface_regex"], now: [...AF_PACKET, "interface_regex"] },
  { old: ["tap_mode"], now: ["inputs", "cbpf", "common", "capture_mode"] },
  { old: ["platform_sync_interval"], now: ["inputs", "resources", "push_interval"], convert: seconds },
  { old: ["static_config", "src-interfaces"], now: [...AF_PACKET, "src_interfaces"] },
  { old: ["static_config", "kubernetes-resources"], now: [...KUBERNETES, "api_resources"], convert: apiResources },
  { old: ["static_config", "kubernetes-namespace"], now: [...KUBERNETES, "kubernetes_namespace"] },
  { old: ["static_config", "kubernetes-api-list-limit"], now: [...KUBERNETES, "api_list_page_size"] },
  { old: ["static_config", "kubernetes-api-list-interval"], now: [...KUBERNETES, "api_list_max_interval"] },
  { old: ["static_config", "kubernetes-poller-type"], now: [...KUBERNETES, "pod_mac_collection_method"] },
  { old: ["static_config", "ingress-flavour"], now: [...KUBERNETES, "ingress_flavour"] },
];

/** Gives every old key of a configuration its new name. @throws ConfigError where a setting stands under both */
export function renameOldKeys(config: Mapping): void {
  for (const { old, now, convert } of RENAMED) move(config, old, now, convert);
}

function seconds(value: unknown): unknown {
  return typeof value === "number" ? `${value}s` : value;
}
