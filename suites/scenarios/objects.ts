import type { KubeObject as Manifest } from "../../cluster/index.ts";
import type { KubeObject } from "../history/types.ts";
import type { World } from "./types.ts";

type Labels = Readonly<Record<string, string>>;
type OwnerReference = NonNullable<Manifest["metadata"]["ownerReferences"]>[number];

const IMAGE = "registry.example/shop/checkout:1.4.2";

/** Labels of what the stories create. */
function labelsOf(app: string): Labels {
  return { "app.kubernetes.io/name": app, "app.kubernetes.io/part-of": "conformance" };
}

/** A namespace as kubectl would make it. */
export function namespaceNamed(name: string): Manifest {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "kubernetes.io/metadata.name": name } },
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  };
}

/** A workload with the template that its pods follow; of apps/v1 unless said otherwise. */
export function workload(
  kind: "Deployment" | "ReplicaSet" | "StatefulSet" | "CloneSet",
  name: { readonly name: string; readonly namespace: string; readonly app: string },
  rest: { readonly replicas: number; readonly labels?: Labels; readonly owner?: KubeObject; readonly apiVersion?: string },
): Manifest {
  const selector = { ...labelsOf(name.app), ...rest.labels };
  return {
    apiVersion: rest.apiVersion ?? "apps/v1",
    kind,
    metadata: {
      name: name.name,
      namespace: name.namespace,
      labels: selector,
      ...(rest.owner === undefined ? {} : { ownerReferences: [ownerReference(rest.owner)] }),
    },
    spec: {
      replicas: rest.replicas,
      selector: { matchLabels: selector },
      ...(kind === "StatefulSet" ? { serviceName: name.name } : {}),
      template: {
        metadata: { labels: selector },
        spec: { containers: [{ name: "main", image: IMAGE, ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }] }] },
      },
    },
    status: { replicas: rest.replicas, readyReplicas: rest.replicas, observedGeneration: 1 },
  };
}

/** A Route of OpenShift to a Service. */
export function routeTo(service: string, place: { readonly name: string; readonly namespace: string }): Manifest {
  return {
    apiVersion: "route.openshift.io/v1",
    kind: "Route",
    metadata: { ...place, labels: labelsOf(service) },
    spec: {
      host: hostOf(place),
      port: { targetPort: 8080 },
      to: { kind: "Service", name: service, weight: 100 },
      wildcardPolicy: "None",
    },
  };
}

/** An Ingress to port 80 of a Service. */
export function ingressTo(service: string, place: { readonly name: string; readonly namespace: string }): Manifest {
  const backend = { service: { name: service, port: { number: 80 } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { ...place, labels: labelsOf(service) },
    spec: { rules: [{ host: hostOf(place), http: { paths: [{ backend, path: "/", pathType: "Prefix" }] } }] },
  };
}

function hostOf({ name, namespace }: { readonly name: string; readonly namespace: string }): string {
  return `${name}.${namespace}.example.com`;
}

/** Which pod of the story it is, and where it runs. */
export interface PodPlace {
  readonly name: string;
  readonly app: string;
  readonly owner: KubeObject;
  readonly labels?: Labels;
  /** Number of the pod in its story, from 0: decides node and address. */
  readonly index: number;
}

/** A pod that runs: owned, scheduled on a node of the cluster, with an address of that node's pod CIDR. */
export function runningPod(world: World, place: PodPlace): Manifest {
  return { ...pendingPod(world, place), status: runningStatus(world, place.index) };
}

/** The same pod after it was scheduled and before it has an address. */
export function pendingPod(world: World, place: PodPlace): Manifest {
  const owner = field(place.owner, "metadata");
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: place.name,
      namespace: text(owner, "namespace"),
      generateName: place.name.slice(0, place.name.lastIndexOf("-") + 1),
      labels: { ...labelsOf(place.app), ...place.labels },
      ownerReferences: [ownerReference(place.owner)],
    },
    spec: {
      nodeName: text(field(nodeFor(world, place.index), "metadata"), "name"),
      restartPolicy: "Always",
      containers: [{ name: "main", image: IMAGE, ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }] }],
    },
    status: {
      phase: "Pending",
      conditions: [
        { type: "PodScheduled", status: "True" },
        { type: "Ready", status: "False" },
      ],
    },
  };
}

/** The status of a pod that is ready, on the node that `index` stands for. */
export function runningStatus(world: World, index: number): KubeObject {
  const node = nodeFor(world, index);
  const podIP = addressIn(text(field(node, "spec"), "podCIDR"), index);
  return {
    phase: "Running",
    hostIP: internalIp(node),
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: ["PodScheduled", "Initialized", "ContainersReady", "Ready"].map((type) => ({ type, status: "True" })),
    containerStatuses: [
      { name: "main", image: IMAGE, imageID: "", ready: true, started: true, restartCount: 0, containerID: containerId(index) },
    ],
  };
}

/** The reference by which a dependent names its controller. */
function ownerReference(owner: KubeObject): OwnerReference {
  const metadata = field(owner, "metadata");
  const [apiVersion, kind] = [text(owner, "apiVersion"), text(owner, "kind")];
  return {
    apiVersion,
    kind,
    name: text(metadata, "name"),
    uid: text(metadata, "uid"),
    controller: true,
    blockOwnerDeletion: true,
  };
}

function nodeFor(world: World, index: number): KubeObject {
  const nodes = world.filled("nodes");
  const node = nodes[index % nodes.length];
  if (node === undefined) throw new Error("the cluster was filled without a node");
  return node;
}

function internalIp(node: KubeObject): string {
  const addresses = (field(node, "status")["addresses"] ?? []) as readonly {
    readonly type?: string;
    readonly address?: string;
  }[];
  return addresses.find((address) => address.type === "InternalIP")?.address ?? "";
}

/** TEST-NET-2 (RFC 5737), which is nobody's. */
const NOBODYS_NETWORK = ["198", "51", "100"];

/**
 * An address near the upper end of an IPv4 /24 or wider, where the generated pods do not reach. Nodes have no range where
 * the network gives addresses by itself, as in many clouds.
 */
function addressIn(cidr: string, index: number): string {
  const octets = cidr.split("/")[0]?.split(".") ?? [];
  return [...(octets.length === 4 ? octets.slice(0, 3) : NOBODYS_NETWORK), 250 - index].join(".");
}

function containerId(index: number): string {
  return `containerd://${String(index + 1).padStart(64, "c0ffee")}`;
}

/** An object field; {} where it is absent or something else. */
export function field(object: KubeObject, name: string): KubeObject {
  const value = object[name];
  return typeof value === "object" && value !== null ? (value as KubeObject) : {};
}

/** A string field; "" where it is absent or something else. */
export function text(object: KubeObject, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}
