import type { Permission } from "./types.ts";

const READ: readonly string[] = ["get", "list", "watch"];

const required = (resource: string, why: string): Permission => ({ resource, verbs: READ, need: "required", why });
const optional = (resource: string, why: string): Permission => ({ resource, verbs: READ, need: "optional", why });

/**
 * Everything that agents need to be granted. Every profile needs the same: what is uploaded is list-watched. Discovery and
 * `/version` are open to every authenticated user. Source: doc 2, 3.2; protocol.md 6.2, 7.
 */
export const permissions: readonly Permission[] = [
  required("nodes", "the server keeps the old state of the whole cluster where no node is reported"),
  required("namespaces", "everything that lies in a namespace is dropped without it"),
  required("pods", "the server keeps the old state of the whole cluster where no pod is reported"),
  required("replicationcontrollers", "workloads, and the owners of pods"),
  required("deployments.apps", "workloads"),
  required("statefulsets.apps", "workloads, and the owners of pods"),
  required("daemonsets.apps", "workloads, and the owners of pods"),
  required("replicasets.apps", "what ties pods to their Deployments"),
  optional("services", "the tags of traffic to cluster IPs"),
  { ...optional("ingresses.networking.k8s.io", "the tags of traffic through ingresses"), unless: "openshift" },
  optional("configmaps", "the record of their changes"),
  { ...required("routes.route.openshift.io", "the tags of traffic through Routes"), feature: "openshift" },
  { ...required("clonesets.apps.kruise.io", "workloads, and the owners of pods"), feature: "openkruise" },
  { ...required("statefulsets.apps.kruise.io", "workloads, and the owners of pods"), feature: "openkruise" },
  {
    resource: "leases.coordination.k8s.io",
    verbs: ["get", "create", "update"],
    feature: "ha",
    need: "required",
    why: "the election of the one replica that uploads; a Role in the agent's own namespace will do",
  },
];
