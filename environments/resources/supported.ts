import type { VersionRange } from "../agent-version.ts";

/** A home of a resource: an API group (the core group is empty) with the versions that the agent knows there. */
export interface ResourceHome {
  readonly group: string;
  readonly versions: readonly string[];
  readonly agents?: VersionRange;
}

/** A resource that deepflow-agent can upload. */
export interface SupportedResource {
  readonly name: string;
  /** Best first. */
  readonly homes: readonly ResourceHome[];
  /** Agents that upload it without being told. */
  readonly byDefault?: VersionRange;
  /** What deepflow loses without it. */
  readonly loss: string;
  /** `required`: the server needs it for pods and their owners; `optional`: it may be left out knowingly. */
  readonly need: "required" | "optional";
}

/** Agents with a resource list; before, there is only the ingress flavour. Source: protocol.md 6.1. */
export const RESOURCE_LIST: VersionRange = { from: "v6.3.4" };

const ALWAYS: VersionRange = {};
const WORKLOADS_LOST = "workloads of this kind vanish, and their pods lose the workload tags or are dropped";

function required(name: string, group: string, loss: string): SupportedResource {
  return { name, homes: [{ group, versions: ["v1"] }], byDefault: ALWAYS, loss, need: "required" };
}

/** All of them. Adding one is adding a row. Source: protocol.md 6.2. */
export const supportedResources: readonly SupportedResource[] = [
  required("nodes", "", "the server keeps the old state of the whole cluster when no node is reported"),
  required("namespaces", "", "everything that lies in a namespace is dropped"),
  required("pods", "", "the server keeps the old state of the whole cluster when no pod is reported"),
  required("replicationcontrollers", "", WORKLOADS_LOST),
  required("daemonsets", "apps", WORKLOADS_LOST),
  required("deployments", "apps", WORKLOADS_LOST),
  required("replicasets", "apps", "Deployments lose their pods, since ReplicaSets tie them together"),
  {
    ...required("statefulsets", "apps", WORKLOADS_LOST),
    homes: [
      { group: "apps", versions: ["v1"] },
      { group: "apps.kruise.io", versions: ["v1beta1"], agents: RESOURCE_LIST },
      { group: "platform.stke", versions: ["v1alpha1"], agents: { from: "v6.6.9" } },
    ],
  },
  { ...required("services", "", "traffic to cluster IPs carries no service tags"), need: "optional" },
  {
    name: "ingresses",
    homes: [
      { group: "networking.k8s.io", versions: ["v1", "v1beta1"] },
      { group: "extensions", versions: ["v1beta1"] },
    ],
    byDefault: ALWAYS,
    loss: "traffic through ingresses carries no ingress tags",
    need: "optional",
  },
  {
    name: "configmaps",
    homes: [{ group: "", versions: ["v1"], agents: { from: "v7.0.9" } }],
    byDefault: { from: "v7.0.9" },
    loss: "changes of ConfigMaps are not recorded",
    need: "optional",
  },
  onRequest("routes", "route.openshift.io", "v1", ALWAYS),
  onRequest("clonesets", "apps.kruise.io", "v1alpha1", RESOURCE_LIST),
  onRequest("servicerules", "crd.pingan.org", "v1alpha1", ALWAYS),
  onRequest("ippools", "crd.projectcalico.org", "v1", { from: "v6.4" }),
  onRequest("opengaussclusters", "opengauss.cmbc.com.cn", "v1", { from: "v6.6" }),
];

function onRequest(name: string, group: string, version: string, agents: VersionRange): SupportedResource {
  return { name, homes: [{ group, versions: [version], agents }], loss: `no ${name} are uploaded`, need: "optional" };
}

/** The resource of a name; undefined where no agent knows it. */
export function findResource(name: string): SupportedResource | undefined {
  return supportedResources.find((resource) => resource.name === name);
}
