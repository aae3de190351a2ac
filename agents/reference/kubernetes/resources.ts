import type { TrimName } from "../collect/trim.ts";

/** An API group and a version of it; the core group is the empty string. */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
  /** Plural name and kind, where this group has its own. */
  readonly called?: { readonly name: string; readonly kind: string };
}

/** What this program can upload of a resource. Source: protocol.md 6.2. */
export interface SupportedResource {
  /** Plural name, as in the API's paths. */
  readonly name: string;
  readonly kind: string;
  /** Where it may be found, best first. */
  readonly groupVersions: readonly GroupVersion[];
  /** The type name that the server reads it under. */
  readonly type: string;
  /** False: only on request. */
  readonly byDefault: boolean;
  readonly trim: TrimName;
}

/** A resource as one API server offers it: what is listed and watched. */
export interface ApiResource {
  /** As kubectl names it: `pods`, `deployments.apps`. */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** `/api/v1/pods`, `/apis/apps/v1/deployments`. */
  readonly path: string;
  readonly type: string;
  readonly trim: TrimName;
  readonly fieldSelector?: string;
}

const gv = (group: string, ...versions: string[]): GroupVersion[] => versions.map((version) => ({ group, version }));
const core = gv("", "v1");
const apps = gv("apps", "v1");
const statefulSetPlus: GroupVersion = {
  group: "platform.stke",
  version: "v1alpha1",
  called: { name: "statefulsetpluses", kind: "StatefulSetPlus" },
};

function row(
  name: string,
  kind: string,
  groupVersions: readonly GroupVersion[],
  trim: TrimName,
  byDefault = true,
): SupportedResource {
  return { name, kind, groupVersions, type: `*v1.${kind}`, byDefault, trim };
}

/** In the order in which they are uploaded. Every flavour of Ingress, and Route, goes under `*v1.Ingress`. */
export const supportedResources: readonly SupportedResource[] = [
  row("nodes", "Node", core, "node"),
  row("namespaces", "Namespace", core, "namespace"),
  row("configmaps", "ConfigMap", core, "configMap"),
  row("deployments", "Deployment", apps, "workload"),
  row("statefulsets", "StatefulSet", [...apps, ...gv("apps.kruise.io", "v1beta1"), statefulSetPlus], "workload"),
  row("daemonsets", "DaemonSet", apps, "workload"),
  row("clonesets", "CloneSet", gv("apps.kruise.io", "v1alpha1"), "workload", false),
  row("opengaussclusters", "OpenGaussCluster", gv("opengauss.cmbc.com.cn", "v1"), "workload", false),
  row("replicationcontrollers", "ReplicationController", core, "workload"),
  row("replicasets", "ReplicaSet", apps, "replicaSet"),
  row("pods", "Pod", core, "pod"),
  row("services", "Service", core, "service"),
  row("servicerules", "ServiceRule", gv("crd.pingan.org", "v1alpha1"), "service", false),
  row("ingresses", "Ingress", [...gv("networking.k8s.io", "v1", "v1beta1"), ...gv("extensions", "v1beta1")], "ingress"),
  { ...row("routes", "Route", gv("route.openshift.io", "v1"), "ingress", false), type: "*v1.Ingress" },
  row("ippools", "IPPool", gv("crd.projectcalico.org", "v1"), "workload", false),
];

/** Path of everything that the API server serves in a group and version. */
export function groupVersionPath({ group, version }: GroupVersion): string {
  return group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
}
