import type { Target } from "./types.ts";

const workload = (plural: string, kind: string) => ({ resource: `${plural}.apps`, typeNames: [`*v1.${kind}`] });

/**
 * The letter of the seed document, read generously where it is silent. An Ingress may also go as `*v1.Ingress`: the
 * document's only name is `*v1beta1.Ingress`, yet every server line prefers the other (protocol.md 4.2, 5.3).
 */
export const documentTarget: Target = {
  id: "document",
  tag: "the document, sections 3.3.1 and 3.3.2",
  line: false,
  services: ["trident", "agent"],
  ageingMs: 86_400_000,
  answers: "document",
  teams: false,
  consumed: [
    { resource: "nodes", typeNames: ["*v1.Node"] },
    { resource: "namespaces", typeNames: ["*v1.Namespace"] },
    workload("deployments", "Deployment"),
    workload("statefulsets", "StatefulSet"),
    workload("daemonsets", "DaemonSet"),
    { resource: "replicationcontrollers", typeNames: ["*v1.ReplicationController"] },
    workload("replicasets", "ReplicaSet"),
    { resource: "pods", typeNames: ["*v1.Pod"] },
    { resource: "services", typeNames: ["*v1.Service"] },
    { resource: "ingresses.networking.k8s.io", typeNames: ["*v1beta1.Ingress", "*v1.Ingress"] },
    { resource: "ingresses.extensions", typeNames: ["*v1beta1.Ingress", "*v1.Ingress"] },
  ],
  exclusiveTypes: [],
  ownerKinds: ["StatefulSet", "ReplicaSet", "ReplicationController", "Deployment", "DaemonSet"],
  inventedOwnerKinds: [],
  versionInfo: "ignored",
  generateName: "unread",
  entryShapes: ["object", "array", "list"],
  badStream: "unspecified",
  serviceTypes: ["NodePort", "ClusterIP"],
  aborts: [],
  sources: {
    services: "document 3.3.1, protocol.md 0",
    ageingMs: "document 3.3.1",
    answers: "document 3.3.1",
    teams: "protocol.md 1.1",
    consumed: "document 3.3.1, protocol.md 5.3",
    exclusiveTypes: "document 3.3.1",
    ownerKinds: "protocol.md 7",
    inventedOwnerKinds: "protocol.md 7",
    versionInfo: "protocol.md 7",
    generateName: "protocol.md 7",
    entryShapes: "document 3.3.1, protocol.md 3",
    badStream: "document 3.3.1",
    serviceTypes: "protocol.md 7",
    aborts: "document 3.3.1",
  },
};
