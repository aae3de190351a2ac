import type { ConsumedResource, TargetRules } from "./types.ts";

/** When something came and went. Without `since`, it is as old as the first line. */
interface Span {
  readonly since?: string;
  /** Points of earlier lines to which it was carried back. */
  readonly carriedBack?: readonly string[];
  /** First version without it. */
  readonly until?: string;
  /** Points of earlier lines to which the removal was carried back. */
  readonly untilCarriedBack?: readonly string[];
  readonly source: string;
  /** True where the version, or the rule itself, was inferred from what was read. */
  readonly inferred?: true;
}

/** One step of a rule: its value from a version on, until a later step replaces it. */
export type Step<T> = Span & { readonly value: T };

/** One element of a list of rules, over the versions that have it. */
export type Member<T> = Span & { readonly member: T };

type History<T> = [T] extends [readonly (infer Element)[]] ? readonly Member<Element>[] : readonly Step<T>[];

/** What the history of the server lines holds: each rule once, with every change and its source. */
export type Changes = { readonly [Rule in keyof TargetRules]: History<TargetRules[Rule]> };

const members = <const T>(names: readonly T[], span: Span): readonly Member<T>[] => names.map((member) => ({ member, ...span }));

const resource = (name: string, typeNames: readonly string[], span: Partial<Span> = {}): Member<ConsumedResource> => ({
  member: { resource: name, typeNames },
  source: "protocol.md 4",
  ...span,
});

/** OpenGaussCluster came to main in August 2024; which tag of v6.6 has it first was not looked up. */
const openGauss = { since: "v6.6.3", carriedBack: ["v6.4-head", "v6.5-head"], inferred: true } as const;
const configMaps = { since: "v7.1.0", carriedBack: ["v6.6-head", "v7.0.9"] } as const;

/** The server lines from v6.1 to v7.1. A difference between two of them stands here and nowhere else. */
export const changes: Changes = {
  services: [
    { member: "trident", until: "v7.0.2", source: "protocol.md 0" },
    { member: "agent", since: "v6.6.8", source: "protocol.md 0" },
  ],
  ageingMs: [{ value: 86_400_000, source: "protocol.md 2.4" }],
  queueLength: [{ value: 1_000, source: "protocol.md 2.4" }],
  answers: [{ value: "server", source: "protocol.md 2.2" }],
  teams: [
    { value: false, source: "protocol.md 2.2 row 3" },
    { value: true, since: "v6.5.3", source: "protocol.md 2.2 row 3" },
  ],
  domain: [{ value: "required", source: "protocol.md 2.7" }],
  refresh: [
    { value: "poll", source: "protocol.md 2.3" },
    { value: "on-new-version", since: "v6.5.3", source: "protocol.md 2.3" },
  ],
  errorMessage: [
    { value: "harmless", source: "protocol.md 2.3" },
    { value: "freezes", since: "v6.3.5", carriedBack: ["v6.2-head"], source: "protocol.md 2.3" },
  ],
  staleRecord: [
    { value: "removed", source: "protocol.md 2.3" },
    { value: "served", since: "v6.3", source: "protocol.md 2.3" },
    { value: "checked", since: "v7.1-head", carriedBack: ["v6.6-head"], source: "protocol.md 2.3" },
  ],
  consumed: [
    resource("nodes", ["*v1.Node"]),
    resource("namespaces", ["*v1.Namespace"]),
    resource("configmaps", ["*v1.ConfigMap"], configMaps),
    resource("deployments.apps", ["*v1.Deployment"]),
    resource("statefulsets.apps", ["*v1.StatefulSet"]),
    resource("statefulsets.apps.kruise.io", ["*v1.StatefulSet"], { source: "protocol.md 6.2" }),
    resource("statefulsets.platform.stke", ["*v1.StatefulSet"], { source: "protocol.md 6.2" }),
    resource("statefulsetpluses.platform.stke", ["*v1.StatefulSet"], { source: "protocol.md 6.2" }),
    resource("daemonsets.apps", ["*v1.DaemonSet"]),
    resource("clonesets.apps.kruise.io", ["*v1.CloneSet"], { since: "v6.3.4" }),
    resource("opengaussclusters.opengauss.cmbc.com.cn", ["*v1.OpenGaussCluster"], openGauss),
    resource("opengaussclusters.opengauss.sig", ["*v1.OpenGaussCluster"], openGauss),
    resource("replicationcontrollers", ["*v1.ReplicationController"]),
    resource("replicasets.apps", ["*v1.ReplicaSet"]),
    resource("services", ["*v1.Service"]),
    resource("servicerules.crd.pingan.org", ["*v1.ServiceRule"]),
    resource("ingresses.networking.k8s.io", ["*v1.Ingress", "*v1beta1.Ingress"], { source: "protocol.md 5.3" }),
    resource("ingresses.extensions", ["*v1.Ingress", "*v1beta1.Ingress"], { source: "protocol.md 5.3" }),
    resource("routes.route.openshift.io", ["*v1.Ingress", "*v1.Route"], { source: "protocol.md 6.2" }),
    resource("pods", ["*v1.Pod"]),
  ],
  exclusiveTypes: members(["*v1.Ingress", "*v1.Route", "*v1beta1.Ingress"], { source: "protocol.md 4.2" }),
  ownerKinds: [
    ...members(["StatefulSet", "ReplicaSet", "ReplicationController", "Deployment", "DaemonSet"], { source: "protocol.md 4.3" }),
    { member: "InPlaceSet", since: "v6.2", source: "protocol.md 4.3" },
    { member: "CloneSet", since: "v6.3.4", source: "protocol.md 4.3" },
    { member: "OpenGaussCluster", ...openGauss, source: "protocol.md 4.3" },
    { member: "StatefulSetPlus", since: "v6.6.9", source: "protocol.md 4.3" },
  ],
  inventedOwnerKinds: [{ member: "InPlaceSet", since: "v6.2", source: "protocol.md 4.3" }],
  serverlessPods: [
    { value: "by-labels", source: "protocol.md 4.3" },
    { value: "unread", since: "v6.6.3", source: "protocol.md 4.3" },
  ],
  versionInfo: [
    { value: "crashes", source: "protocol.md 4.1" },
    { value: "required", since: "v6.4.8", source: "protocol.md 4.1" },
  ],
  generateName: [
    { value: "snake-case-statefulset", source: "protocol.md 4.4" },
    { value: "any-owner", since: "v6.6.3", carriedBack: ["v6.4-head", "v6.5-head"], source: "protocol.md 4.4" },
  ],
  entryShapes: [{ member: "object", source: "protocol.md 3" }],
  badStream: [
    { value: "fails-sync", source: "protocol.md 2.3" },
    { value: "empties-snapshot", since: "v7.1.6", source: "protocol.md 2.3" },
  ],
  streamEnd: [
    { value: "overlooked", source: "protocol.md 2.5" },
    { value: "checked", since: "v6.3", source: "protocol.md 2.5" },
  ],
  serviceTypes: [
    ...members(["NodePort", "ClusterIP"], { source: "protocol.md 4.2" }),
    { member: "LoadBalancer", since: "v6.6.4", source: "protocol.md 4.2" },
  ],
  ingressBackends: [
    { value: "v1beta1", source: "protocol.md 4.2" },
    { value: "v1-and-v1beta1", since: "v6.2", source: "protocol.md 4.2" },
  ],
  masterLabels: [
    { member: "node-role.kubernetes.io/master", source: "protocol.md 4.2" },
    { member: "node-role.kubernetes.io/control-plane", since: "v6.4", source: "protocol.md 4.2" },
  ],
  aborts: [
    { member: "node-address", source: "protocol.md 4.1" },
    { member: "service-cluster-ip", source: "protocol.md 4.1" },
    { member: "pod-ip", since: "v6.2", source: "protocol.md 4.1" },
    { member: "pod-networks", source: "protocol.md 4.1" },
    { member: "virtual-kubelet-pod-without-labels", source: "protocol.md 4.1" },
    { member: "label-not-a-string", until: "v6.3", source: "protocol.md 4.1" },
    { member: "pod-condition-not-a-string", until: "v7.1.6", source: "protocol.md 4.1" },
    // By v6.3.3 it was mended; v6.3.1 and v6.3.2 were not looked at.
    {
      member: "cattle-annotation-not-json",
      until: "v6.3.3",
      untilCarriedBack: ["v6.2-head"],
      source: "protocol.md 4.1",
      inferred: true,
    },
    { member: "cattle-annotation-names-workload", until: "v6.3.6", source: "protocol.md 4.1" },
  ],
  drops: [
    ...members(["entry-array", "entry-list", "entry-scalar"], { source: "protocol.md 3" }),
    { member: "type-unread", source: "protocol.md 2.6" },
    { member: "ingress-flavour", source: "protocol.md 4.2" },
    ...members(["no-metadata", "no-uid", "no-name", "no-namespace", "namespace-unknown"], { source: "protocol.md 4.2" }),
    { member: "uid-twice", source: "protocol.md 2.6" },
    { member: "version-info-again", source: "protocol.md 4.1" },
    { member: "node-without-internal-ip", source: "protocol.md 4.2" },
    ...members(["replicaset-inactive", "replicaset-without-owner"], { source: "protocol.md 4.2" }),
    ...members(["service-without-selector", "service-type", "service-without-workload"], { source: "protocol.md 4.2" }),
    { member: "pod-without-owner", source: "protocol.md 4.2" },
    { member: "pod-owner-kind", source: "protocol.md 4.3" },
    { member: "pod-owner-unknown", source: "protocol.md 4.2" },
    { member: "pod-node-unknown", until: "v6.3", source: "protocol.md 4.2" },
    { member: "pod-identity-collision", source: "protocol.md 4.4" },
  ],
  guards: [
    { member: "no-nodes", since: "v6.5.6", source: "protocol.md 2.8" },
    { member: "no-nodes-and-no-pods", source: "protocol.md 2.8" },
    { member: "no-interfaces", source: "protocol.md 2.8" },
  ],
};
