import { parse, stringify } from "yaml";
import { ClusterUnavailableError } from "../unavailable.ts";

const API_VERSION = "kind.x-k8s.io/v1alpha4";

/**
 * How often kubelets look at each pod. By their own default, a minute, those before Kubernetes 1.21 tell only then that a
 * pod with a startup probe is ready, as the control plane's are: a cluster would come to rest a minute later.
 */
const KUBELET = stringify({ kind: "KubeletConfiguration", apiVersion: "kubelet.config.k8s.io/v1beta1", syncFrequency: "5s" });

/**
 * The configuration that `kind create cluster` is given. That of a user is kept; it is given nodes where it lists none.
 * @param nodes one control plane, all others workers
 * @throws ClusterUnavailableError where the user's text is no configuration of kind, or both it and `nodes` list nodes
 */
export function kindConfig(nodes: number | undefined, text?: string): string {
  const given = text === undefined ? { kubeadmConfigPatches: [KUBELET] } : readConfig(text);
  const listsNodes = Array.isArray(given["nodes"]) && given["nodes"].length > 0;
  if (listsNodes && nodes !== undefined) {
    throw new ClusterUnavailableError("the kind configuration lists its nodes, and a number of nodes is given too: leave one");
  }
  const workers = Array.from({ length: (nodes ?? 1) - 1 }, () => ({ role: "worker" }));
  return stringify({
    kind: "Cluster",
    apiVersion: API_VERSION,
    ...given,
    ...(listsNodes ? {} : { nodes: [{ role: "control-plane" }, ...workers] }),
  });
}

function readConfig(text: string): Readonly<Record<string, unknown>> {
  let config: unknown;
  try {
    config = parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterUnavailableError(`the kind configuration is no YAML: ${why}`, { cause: error });
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new ClusterUnavailableError(`the kind configuration holds no mapping: it begins with kind: Cluster`);
  }
  return config as Readonly<Record<string, unknown>>;
}
