import { arrayAt, at, type KubeObject } from "../json.ts";
import {
  conditionStatus,
  containerIdsOf,
  flat,
  ingressRules,
  internalIpOf,
  podCidrOf,
  servicePorts,
  sortedMap,
} from "./normal-forms.ts";

type View = Readonly<Record<string, unknown>>;

/**
 * The part of an object that snapshots are compared by, as canonical JSON: one key a field, in a fixed order.
 *
 * Compared are the fields that a target reads (protocol.md 4.2) and that the documentation calls necessary (its list
 * in protocol.md 7), so that an object of the API and its upload, however trimmed, give the same text:
 * - absent and empty are one for maps (labels, selectors, data), strings that the API omits when empty (podIP,
 *   hostIP, port names, paths, hosts) and ports (nodePort 0, protocol TCP, targetPort equal to port);
 * - left out though the server reads them, because the documentation does not ask for them: annotations, templates,
 *   capacity, env, default backends, the load balancer's status;
 * - left out because they cannot change in an object's life: creationTimestamp, owner names;
 * - a ReplicationController's own labels, since the server takes those of its template;
 * - kinds that the documentation does not know (ConfigMap, Route, CloneSet, OpenGaussCluster, ServiceRule): identity
 *   and the fields that give them their meaning; any other resource: identity alone.
 *
 * @param resource as kubectl names it
 */
export function comparedView(resource: string, object: KubeObject): string {
  return JSON.stringify({ ...identity(object), ...views[resource]?.(object) });
}

/** The fields in which two texts of `comparedView` differ, such as `spec.replicas`. Empty where they are equal. */
export function differingFields(left: string, right: string): readonly string[] {
  if (left === right) return [];
  const [a, b] = [JSON.parse(left) as View, JSON.parse(right) as View];
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].filter((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]));
}

function identity(object: KubeObject): View {
  return {
    "metadata.uid": flat(at(object, "metadata", "uid")),
    "metadata.name": flat(at(object, "metadata", "name")),
    "metadata.namespace": flat(at(object, "metadata", "namespace") ?? ""),
  };
}

const labels = (object: KubeObject): View => ({ "metadata.labels": sortedMap(at(object, "metadata", "labels")) });
const replicas = (object: KubeObject): View => ({ "spec.replicas": flat(at(object, "spec", "replicas")) });
const owner = (object: KubeObject) => arrayAt(object, "metadata", "ownerReferences")[0];

const workload = (object: KubeObject): View => ({ ...labels(object), ...replicas(object) });

const service = (object: KubeObject): View => ({
  ...labels(object),
  "spec.clusterIP": withoutNone(flat(at(object, "spec", "clusterIP") ?? "")),
  "spec.type": flat(at(object, "spec", "type")),
  "spec.selector": sortedMap(at(object, "spec", "selector")),
  "spec.ports": servicePorts(object),
});

const ingress = (object: KubeObject): View => ({ "spec.rules": ingressRules(object) });

const views: Readonly<Record<string, (object: KubeObject) => View>> = {
  nodes: (node) => ({
    "status.addresses[InternalIP]": internalIpOf(node),
    "status.conditions[KubeletReady]": conditionStatus(node, "reason", "KubeletReady"),
    "spec.podCIDR": podCidrOf(node),
  }),
  pods: (pod) => ({
    ...labels(pod),
    "metadata.ownerReferences[0].kind": flat(at(owner(pod), "kind")),
    "metadata.ownerReferences[0].uid": flat(at(owner(pod), "uid")),
    "status.hostIP": flat(at(pod, "status", "hostIP") ?? ""),
    "status.podIP": flat(at(pod, "status", "podIP") ?? ""),
    "status.conditions[Ready]": conditionStatus(pod, "type", "Ready"),
    "status.containerStatuses[].containerID": containerIdsOf(pod),
  }),
  "deployments.apps": workload,
  "statefulsets.apps": workload,
  "statefulsets.apps.kruise.io": workload,
  "statefulsets.platform.stke": workload,
  "statefulsetpluses.platform.stke": workload,
  "daemonsets.apps": workload,
  "clonesets.apps.kruise.io": workload,
  "opengaussclusters.opengauss.cmbc.com.cn": workload,
  "opengaussclusters.opengauss.sig": workload,
  replicationcontrollers: replicas,
  "replicasets.apps": (set) => ({ ...workload(set), "metadata.ownerReferences[0].uid": flat(at(owner(set), "uid")) }),
  services: service,
  "servicerules.crd.pingan.org": service,
  "ingresses.networking.k8s.io": ingress,
  "ingresses.extensions": ingress,
  "routes.route.openshift.io": (route) => ({
    "spec.host": flat(at(route, "spec", "host") ?? ""),
    "spec.to.name": flat(at(route, "spec", "to", "name")),
  }),
  configmaps: (map) => ({ data: sortedMap(at(map, "data")) }),
};

/** The server reads a headless Service's "None" as no address. */
function withoutNone(clusterIp: ReturnType<typeof flat>) {
  return clusterIp === "None" ? "" : clusterIp;
}
