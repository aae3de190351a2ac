import type { PartName } from "../types.ts";
import type { Cursor } from "./cursor.ts";

/** A document with what it is. `other` is a Kubernetes object that no rule reads; `unknown` is nothing recognised. */
export interface ClassifiedDocument {
  readonly part: PartName | "other" | "unknown";
  readonly root: Cursor;
  /** Stands in a ConfigMap. */
  readonly wrapped: boolean;
  /** Bare rules to be added to a ClusterRole, not a whole one. */
  readonly fragment: boolean;
}

const NEW_ROOTS = ["inputs", "global", "outputs", "processors", "plugins", "dev"];
const OLD_ROOTS = ["static_config", "vtap_group_id", "tap_interface_regex", "tap_mode", "platform_sync_interval"];
const LOCAL_ROOTS = ["controller-ips", "vtap-group-id-request", "kubernetes-cluster-id", "controller-port"];
const VALUES_ROOTS = ["deployComponent", "clusterNAME", "deepflowServerNodeIPS", "deepflowK8sClusterID", "agentGroupID"];
/** Known leaves, to recognise a configuration whose upper levels were forgotten. */
const LEAVES =
  /^(kubernetes[-_]resources|src[-_]interfaces|ingress[-_]flavour|interface_regex|capture_mode|api_resources|cbpf|af_packet)$/;
const WORKLOADS = ["Deployment", "StatefulSet", "ReplicaSet", "Pod", "Job"];
const SETTINGS = /^(ONLY_WATCH_K8S_RESOURCE|K8S_WATCH_POLICY)$/;

/** The top-level keys below which agents from v6.6.5 on read their group configuration. */
export const newRootKeys: readonly string[] = NEW_ROOTS;

/** Says what a document is, from its keys. */
export function classify(root: Cursor, wrapped: boolean): ClassifiedDocument {
  const kind = root.get("kind").value;
  const known = typeof kind === "string" && root.get("apiVersion").kind !== "absent" ? kindPart(kind, root) : undefined;
  const part = known ?? bareRules(root) ?? keysPart(root.keys());
  return { part, root, wrapped, fragment: known === undefined && part === "cluster-role" };
}

function kindPart(kind: string, root: Cursor): ClassifiedDocument["part"] {
  if (kind === "ClusterRole" || kind === "Role") return "cluster-role";
  if (kind === "Service") return "endpoint";
  if (kind === "DaemonSet") return isAgent(root) ? "daemonset" : "other";
  if (WORKLOADS.includes(kind)) return isAgent(root) ? "watcher" : "other";
  return "other";
}

function bareRules(root: Cursor): "cluster-role" | undefined {
  const rules = root.kind === "list" ? root : root.get("rules");
  return rules.items().some((rule) => rule.keys().includes("apiGroups")) ? "cluster-role" : undefined;
}

function keysPart(keys: readonly string[]): ClassifiedDocument["part"] {
  const has = (roots: readonly string[]) => roots.some((root) => keys.includes(root));
  if (has(LOCAL_ROOTS)) return "agent-config";
  if (has(NEW_ROOTS) || has(OLD_ROOTS)) return "agent-group-config";
  if (has(VALUES_ROOTS)) return "helm-values";
  if (keys.includes("capabilities") && keys.includes("binary")) return "host";
  return keys.some((key) => LEAVES.test(key) || OLD_ROOTS.includes(key.replaceAll("-", "_"))) ? "agent-group-config" : "unknown";
}

/** Whether a workload runs deepflow-agent: by a name, an image, or a variable that only the agent reads. */
function isAgent(root: Cursor): boolean {
  const mentions = (cursor: Cursor) => typeof cursor.value === "string" && /deepflow-(pseudo-)?agent/.test(cursor.value);
  return (
    mentions(root.get("metadata", "name")) ||
    containersOf(root).some(
      (container) =>
        mentions(container.get("name")) ||
        mentions(container.get("image")) ||
        container
          .get("env")
          .items()
          .some((entry) => SETTINGS.test(entry.get("name").text)),
    )
  );
}

/** The containers of a Pod or of a workload's template. */
export function containersOf(root: Cursor): Cursor[] {
  const spec = root.get("kind").value === "Pod" ? root.get("spec") : root.get("spec", "template", "spec");
  return spec.get("containers").items();
}
