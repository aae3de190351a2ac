import { SCALE, SINGLE_VERBS, define, statusOf } from "./define.ts";
import type { KubernetesRelease, ResourceDefinition, SubresourceDefinition } from "./types.ts";

const PROXY_VERBS = ["create", "delete", "get", "patch", "update"];

/** Resources of the core group, `/api/v1`, by name as discovery lists them. */
export function coreResources(release: KubernetesRelease): readonly ResourceDefinition[] {
  const old = release.id === "1.20";
  return [
    core("bindings", "Binding", { verbs: ["create"] }),
    core("componentstatuses", "ComponentStatus", { short: ["cs"], clusterScoped: true, verbs: ["get", "list"] }),
    core("configmaps", "ConfigMap", { short: ["cm"] }),
    core("endpoints", "Endpoints", { short: ["ep"], singular: "endpoints" }),
    core("events", "Event", { short: ["ev"] }),
    core("limitranges", "LimitRange", { short: ["limits"] }),
    core("namespaces", "Namespace", {
      short: ["ns"],
      clusterScoped: true,
      verbs: SINGLE_VERBS,
      subresources: [{ name: "finalize", kind: "Namespace", verbs: ["update"] }, statusOf("Namespace")],
    }),
    core("nodes", "Node", {
      short: ["no"],
      clusterScoped: true,
      subresources: [proxy("NodeProxyOptions"), statusOf("Node")],
    }),
    core("persistentvolumeclaims", "PersistentVolumeClaim", {
      short: ["pvc"],
      subresources: [statusOf("PersistentVolumeClaim")],
    }),
    core("persistentvolumes", "PersistentVolume", {
      short: ["pv"],
      clusterScoped: true,
      subresources: [statusOf("PersistentVolume")],
    }),
    core("pods", "Pod", { short: ["po"], categories: ["all"], subresources: podSubresources(old) }),
    core("podtemplates", "PodTemplate", {}),
    core("replicationcontrollers", "ReplicationController", {
      short: ["rc"],
      categories: ["all"],
      subresources: [SCALE, statusOf("ReplicationController")],
    }),
    core("resourcequotas", "ResourceQuota", { short: ["quota"], subresources: [statusOf("ResourceQuota")] }),
    core("secrets", "Secret", {}),
    core("serviceaccounts", "ServiceAccount", {
      short: ["sa"],
      subresources: [{ name: "token", kind: "TokenRequest", verbs: ["create"], group: "authentication.k8s.io", version: "v1" }],
    }),
    core("services", "Service", {
      short: ["svc"],
      categories: ["all"],
      ...(old ? { verbs: SINGLE_VERBS } : {}),
      subresources: [proxy("ServiceProxyOptions"), statusOf("Service")],
    }),
  ];
}

function core(plural: string, kind: string, extras: Parameters<typeof define>[4]): ResourceDefinition {
  return define("", ["v1"], plural, kind, extras);
}

function proxy(kind: string): SubresourceDefinition {
  return { name: "proxy", kind, verbs: PROXY_VERBS };
}

function podSubresources(old: boolean): readonly SubresourceDefinition[] {
  const ephemeral = { name: "ephemeralcontainers", kind: "Pod", verbs: ["get", "patch", "update"] };
  return [
    { name: "attach", kind: "PodAttachOptions", verbs: ["create", "get"] },
    { name: "binding", kind: "Binding", verbs: ["create"] },
    ...(old ? [] : [ephemeral]),
    { name: "eviction", kind: "Eviction", verbs: ["create"], group: "policy", version: old ? "v1beta1" : "v1" },
    { name: "exec", kind: "PodExecOptions", verbs: ["create", "get"] },
    { name: "log", kind: "Pod", verbs: ["get"] },
    { name: "portforward", kind: "PodPortForwardOptions", verbs: ["create", "get"] },
    proxy("PodProxyOptions"),
    statusOf("Pod"),
  ];
}
