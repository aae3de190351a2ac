import type { KubeObject } from "../../embedded/catalog/index.ts";
import { RUN_LABEL } from "../labels.ts";

/** What the fill is made for. */
export interface FillRequest {
  readonly run: string;
  readonly namespace: string;
  /** Of containers that do nothing; on the nodes already, or to be had by them. */
  readonly image: string;
}

/** An object to be created, under its resource key. */
export interface Manifest {
  readonly resource: string;
  readonly object: KubeObject;
}

/** Pods that each workload of the fill comes to; the DaemonSet has one a node. */
export const FILL_PODS: Readonly<Record<string, number>> = { web: 2, mysql: 2, legacy: 1 };
/** The DaemonSet. */
export const FILL_DAEMON = "log-agent";

/**
 * What a run fills a cluster with, in order: the workloads that agents must know (Deployment, StatefulSet, DaemonSet, and
 * one ReplicationController with one pod), with Services, an Ingress and ConfigMaps. Their pods are the controllers' own.
 */
export function fillManifests({ run, namespace, image }: FillRequest): readonly Manifest[] {
  const place = (name: string) => ({ name, namespace, labels: labelsOf(name, run) });
  const workload = (name: string, spec: object) => ({
    metadata: place(name),
    spec: { selector: { matchLabels: { app: name } }, template: template(name), ...spec },
  });
  const template = (name: string) => ({ metadata: { labels: labelsOf(name, run) }, spec: podSpec(image) });
  const service = (name: string, rest: object = {}) => ({
    kind: "Service",
    apiVersion: "v1",
    metadata: place(name),
    spec: { selector: { app: name }, ports: [{ name: "http", port: 80, targetPort: 8080 }], ...rest },
  });
  const apps = "apps/v1";
  return [
    ...["web", "legacy"].map((name) => ({
      resource: "configmaps",
      object: { kind: "ConfigMap", apiVersion: "v1", metadata: place(`${name}-config`), data: { "flags.json": '{"new":true}' } },
    })),
    { resource: "services", object: service("web") },
    { resource: "services", object: service("mysql", { clusterIP: "None" }) },
    { resource: "services", object: service("legacy", { type: "NodePort" }) },
    {
      resource: "deployments.apps",
      object: { kind: "Deployment", apiVersion: apps, ...workload("web", { replicas: FILL_PODS["web"] }) },
    },
    {
      resource: "statefulsets.apps",
      object: {
        kind: "StatefulSet",
        apiVersion: apps,
        ...workload("mysql", { replicas: FILL_PODS["mysql"], serviceName: "mysql", podManagementPolicy: "Parallel" }),
      },
    },
    { resource: "daemonsets.apps", object: { kind: "DaemonSet", apiVersion: apps, ...workload(FILL_DAEMON, {}) } },
    {
      resource: "replicationcontrollers",
      object: {
        kind: "ReplicationController",
        apiVersion: "v1",
        metadata: place("legacy"),
        spec: { replicas: FILL_PODS["legacy"], selector: { app: "legacy" }, template: template("legacy") },
      },
    },
    { resource: "ingresses.networking.k8s.io", object: ingress(place("web")) },
  ];
}

function ingress(metadata: KubeObject["metadata"]): KubeObject {
  const backend = { service: { name: "web", port: { number: 80 } } };
  return {
    kind: "Ingress",
    apiVersion: "networking.k8s.io/v1",
    metadata,
    spec: { rules: [{ host: "web.example.com", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] },
  };
}

function labelsOf(app: string, run: string): Readonly<Record<string, string>> {
  return { app, [RUN_LABEL]: run };
}

/** A pod that runs under the strictest admission, on any node, and ends at once. */
function podSpec(image: string): object {
  return {
    terminationGracePeriodSeconds: 0,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    tolerations: [{ operator: "Exists" }],
    securityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "main",
        image,
        imagePullPolicy: "IfNotPresent",
        ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      },
    ],
  };
}
