import type { KubeObject } from "../catalog/index.ts";
import { isRecord, record, text } from "../catalog/json.ts";
import { ownedBy, type World } from "./world.ts";
import { CONTROLLER, type Workload } from "./workloads.ts";

/** How a Service is reached. `Headless` is a ClusterIP Service whose clusterIP is `None`. */
export type ServiceType = "ClusterIP" | "Headless" | "NodePort" | "LoadBalancer" | "ExternalName";

/** A port of a Service; `targetPort` is a number or the name of a container port. */
interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
}

/** What a Service is made of. */
export interface ServiceDraft {
  readonly namespace: string;
  readonly name: string;
  readonly type: ServiceType;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
  /** Absent for `default/kubernetes` and ExternalName. */
  readonly selector?: Readonly<Record<string, string>>;
  readonly clusterIP?: string;
}

/** A Service in front of a workload, with its Endpoints and EndpointSlices. */
export function addServiceFor(world: World, workload: Workload, draft: Omit<ServiceDraft, "namespace" | "selector">): KubeObject {
  const service = addService(world, { ...draft, namespace: workload.namespace, selector: workload.selector });
  const ready = workload.pods.filter((pod) => record(pod["status"])["phase"] === "Running");
  addEndpoints(world, service, draft.ports, ready);
  return service;
}

/** A Service alone. */
export function addService(world: World, draft: ServiceDraft): KubeObject {
  const external = draft.type === "ExternalName";
  const clusterIP = draft.type === "Headless" ? "None" : (draft.clusterIP ?? world.serviceAddress());
  const balanced = draft.type === "LoadBalancer";
  const nodePorts = balanced || draft.type === "NodePort";
  const address = `203.0.113.${world.random.between(2, 250)}`;
  return world.add({
    resource: "services",
    apiVersion: "v1",
    kind: "Service",
    name: draft.name,
    namespace: draft.namespace,
    ...(draft.labels === undefined ? {} : { labels: draft.labels }),
    ...(balanced ? { finalizers: ["service.kubernetes.io/load-balancer-cleanup"] } : {}),
    ...(draft.selector === undefined && !external ? { manager: "kube-apiserver" } : {}),
    body: {
      spec: {
        ...(external
          ? { externalName: `${draft.name}.example.com` }
          : { clusterIP, clusterIPs: [clusterIP], ...families(world) }),
        ...(nodePorts ? { externalTrafficPolicy: "Cluster" } : {}),
        ports: draft.ports.map((port) => ({
          ...port,
          protocol: "TCP",
          ...(nodePorts ? { nodePort: world.takeNodePort() } : {}),
        })),
        ...(draft.selector === undefined ? {} : { selector: draft.selector }),
        sessionAffinity: "None",
        type: draft.type === "Headless" ? "ClusterIP" : draft.type,
      },
      status: { loadBalancer: balanced ? { ingress: [{ ip: address }] } : {} },
    },
  });
}

function families(world: World): object {
  // 1.20 has dual stack off by default, and knows no internal traffic policy.
  return world.old ? {} : { internalTrafficPolicy: "Cluster", ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" };
}

function addEndpoints(world: World, service: KubeObject, ports: readonly ServicePort[], pods: readonly KubeObject[]): void {
  const { name, namespace = "", labels = {} } = service.metadata;
  const numbered = ports.map((port) => ({ name: port.name, port: containerPort(pods[0], port), protocol: "TCP" }));
  world.add({
    resource: "endpoints",
    apiVersion: "v1",
    kind: "Endpoints",
    name,
    namespace,
    labels: { ...labels, "endpoints.kubernetes.io/managed-by": "endpoint-controller" },
    manager: CONTROLLER,
    body: pods.length === 0 ? {} : { subsets: [{ addresses: pods.map((pod) => endpointAddress(pod)), ports: numbered }] },
  });
  const slices = Math.max(1, Math.ceil(pods.length / 100));
  for (let slice = 0; slice < slices; slice++) {
    addSlice(world, service, numbered, pods.slice(slice * 100, slice * 100 + 100));
  }
}

function addSlice(world: World, service: KubeObject, ports: readonly object[], pods: readonly KubeObject[]): void {
  const { name, namespace = "", labels = {} } = service.metadata;
  world.add({
    resource: "endpointslices.discovery.k8s.io",
    apiVersion: world.old ? "discovery.k8s.io/v1beta1" : "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    name: `${name}-${world.random.suffix()}`,
    generateName: `${name}-`,
    namespace,
    labels: {
      ...labels,
      "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
      "kubernetes.io/service-name": name,
    },
    owner: ownedBy(service),
    generation: 1,
    manager: CONTROLLER,
    body: { addressType: "IPv4", endpoints: pods.map((pod) => sliceEndpoint(world, pod)), ports },
  });
}

function containerPort(pod: KubeObject | undefined, port: ServicePort): number {
  if (typeof port.targetPort === "number") return port.targetPort;
  const containers = record(pod?.["spec"])["containers"];
  for (const container of Array.isArray(containers) ? containers : []) {
    const ports: unknown = record(container)["ports"];
    for (const candidate of Array.isArray(ports) ? ports : []) {
      if (isRecord(candidate) && candidate["name"] === port.targetPort) return Number(candidate["containerPort"]);
    }
  }
  return port.port;
}

function reference(pod: KubeObject): object {
  return { kind: "Pod", name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid };
}

function endpointAddress(pod: KubeObject): object {
  return { ip: record(pod["status"])["podIP"], nodeName: record(pod["spec"])["nodeName"], targetRef: reference(pod) };
}

function sliceEndpoint(world: World, pod: KubeObject): object {
  const nodeName = text(record(pod["spec"])["nodeName"]);
  return {
    addresses: [record(pod["status"])["podIP"]],
    conditions: world.old ? { ready: true } : { ready: true, serving: true, terminating: false },
    targetRef: reference(pod),
    ...(world.old ? { topology: { "kubernetes.io/hostname": nodeName } } : { nodeName }),
  };
}
