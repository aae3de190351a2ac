import { arrayAt, at, type KubeObject } from "../json.ts";
import {
  conditionStatus,
  containerIdsOf,
  type Flat,
  flat,
  ingressRules,
  internalIpOf,
  podCidrOf,
  servicePorts,
  sortedMap,
} from "./normal-forms.ts";

/** One field of a view: its name and the JSON text of what it holds. */
interface Field {
  readonly name: string;
  readonly text: (object: KubeObject) => string;
}

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
  const members = (fieldsOf[resource] ?? identity).map(({ name, text }) => `"${name}":${text(object)}`);
  return `{${members.join(",")}}`;
}

/** The fields in which two texts of `comparedView` differ, such as `spec.replicas`. Empty where they are equal. */
export function differingFields(left: string, right: string): readonly string[] {
  if (left === right) return [];
  const [a, b] = [JSON.parse(left) as KubeObject, JSON.parse(right) as KubeObject];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}

function field(name: string, read: (object: KubeObject) => unknown): Field {
  return { name, text: (object) => JSON.stringify(read(object)) };
}

/** A scalar by its path, which is its name. `absent` stands for a field that the API omits when it is empty. */
function scalar(name: string, absent: Flat = null): Field {
  const path = name.split(".");
  return field(name, (object) => flat(at(object, ...path) ?? absent));
}

function map(name: string): Field {
  const path = name.split(".");
  return { name, text: (object) => sortedMap(at(object, ...path)) };
}

const owner = (object: KubeObject) => arrayAt(object, "metadata", "ownerReferences")[0];
const ownerUid = field("metadata.ownerReferences[0].uid", (object) => flat(at(owner(object), "uid")));

const identity: readonly Field[] = [scalar("metadata.uid"), scalar("metadata.name"), scalar("metadata.namespace", "")];
const workload: readonly Field[] = [...identity, map("metadata.labels"), scalar("spec.replicas")];
const service: readonly Field[] = [
  ...identity,
  map("metadata.labels"),
  field("spec.clusterIP", (object) => withoutNone(flat(at(object, "spec", "clusterIP") ?? ""))),
  scalar("spec.type"),
  map("spec.selector"),
  field("spec.ports", servicePorts),
];
const ingress: readonly Field[] = [...identity, field("spec.rules", ingressRules)];

const fieldsOf: Readonly<Record<string, readonly Field[]>> = {
  nodes: [
    ...identity,
    field("status.addresses[InternalIP]", internalIpOf),
    field("status.conditions[KubeletReady]", (node) => conditionStatus(node, "reason", "KubeletReady")),
    field("spec.podCIDR", podCidrOf),
  ],
  pods: [
    ...identity,
    map("metadata.labels"),
    field("metadata.ownerReferences[0].kind", (pod) => flat(at(owner(pod), "kind"))),
    ownerUid,
    scalar("status.hostIP", ""),
    scalar("status.podIP", ""),
    field("status.conditions[Ready]", (pod) => conditionStatus(pod, "type", "Ready")),
    field("status.containerStatuses[].containerID", containerIdsOf),
  ],
  "deployments.apps": workload,
  "statefulsets.apps": workload,
  "statefulsets.apps.kruise.io": workload,
  "statefulsets.platform.stke": workload,
  "statefulsetpluses.platform.stke": workload,
  "daemonsets.apps": workload,
  "clonesets.apps.kruise.io": workload,
  "opengaussclusters.opengauss.cmbc.com.cn": workload,
  "opengaussclusters.opengauss.sig": workload,
  replicationcontrollers: [...identity, scalar("spec.replicas")],
  "replicasets.apps": [...workload, ownerUid],
  services: service,
  "servicerules.crd.pingan.org": service,
  "ingresses.networking.k8s.io": ingress,
  "ingresses.extensions": ingress,
  "routes.route.openshift.io": [...identity, scalar("spec.host", ""), scalar("spec.to.name")],
  configmaps: [...identity, map("data")],
};

/** The server reads a headless Service's "None" as no address. */
function withoutNone(clusterIp: Flat): Flat {
  return clusterIp === "None" ? "" : clusterIp;
}
