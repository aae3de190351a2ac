import * as cells from "./cells.ts";
import { humanDuration } from "./duration.ts";
import { record } from "./json.ts";
import { podRestarts, podStatus, podReady } from "./pod-cells.ts";
import { resourceKey } from "./resources.ts";
import type { KubeObject, ResourceDefinition } from "./types.ts";

/** One column of a Table. `now` is ms since the epoch; priority 1 shows under `-o wide` alone. */
export interface Column {
  readonly name: string;
  readonly type: "string" | "integer" | "boolean" | "date";
  readonly format?: string;
  readonly description: string;
  readonly priority?: number;
  readonly cell: (object: KubeObject, now: number) => unknown;
}

/** The columns of a resource; those without a printer of their own show Name and Created At, custom ones Name and Age. */
export function columnsOf(definition: ResourceDefinition): readonly Column[] {
  const middle = COLUMNS[definition.storedAs ?? resourceKey(definition)];
  if (middle !== undefined) return [NAME, ...middle];
  return [NAME, definition.custom ? AGE : CREATED_AT];
}

const NAME: Column = {
  name: "Name",
  type: "string",
  format: "name",
  description: "Name of the object.",
  cell: (object) => object.metadata.name,
};
const AGE = string("Age", "Time since the object was created.", (object, now) => ageOf(object.metadata.creationTimestamp, now));
const CREATED_AT: Column = {
  name: "Created At",
  type: "date",
  description: "Time at which the object was created.",
  cell: (object) => object.metadata.creationTimestamp ?? null,
};

function string(name: string, description: string, cell: Column["cell"]): Column {
  return { name, type: "string", description, cell };
}

function integer(name: string, description: string, section: string, field: string): Column {
  return { name, type: "integer", description, cell: (object) => record(object[section])[field] ?? 0 };
}

function wide(column: Column): Column {
  return { ...column, priority: 1 };
}

function ageOf(timestamp: unknown, now: number): string {
  return typeof timestamp === "string" ? humanDuration(now - Date.parse(timestamp)) : "<unknown>";
}

const WORKLOAD_WIDE = [
  wide(string("Containers", "Names of the containers.", cells.containerNames)),
  wide(string("Images", "Images of the containers.", cells.containerImages)),
];
const SELECTOR = wide(string("Selector", "Selector of the pods.", cells.selector));
const READY_OF = string("Ready", "Ready pods out of those wanted.", cells.readyOfReplicas);
const REPLICA_COUNTS = [
  integer("Desired", "Pods wanted.", "spec", "replicas"),
  integer("Current", "Pods that exist.", "status", "replicas"),
  integer("Ready", "Pods that are ready.", "status", "readyReplicas"),
];

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  pods: [
    string("Ready", "Ready containers out of all.", podReady),
    string("Status", "What the pod is doing.", podStatus),
    { name: "Restarts", type: "string", description: "Restarts of its containers.", cell: podRestarts },
    AGE,
    wide(string("IP", "Address of the pod.", (object) => cells.orNone(record(object["status"])["podIP"]))),
    wide(string("Node", "Node it runs on.", (object) => cells.orNone(record(object["spec"])["nodeName"]))),
    wide(string("Nominated Node", "Node it was promised.", () => "<none>")),
    wide(string("Readiness Gates", "Passed readiness gates.", () => "<none>")),
  ],
  nodes: [
    string("Status", "Whether the node is ready.", cells.nodeStatus),
    string("Roles", "Roles by label.", cells.nodeRoles),
    AGE,
    string("Version", "Version of its kubelet.", (object) => cells.nodeInfo(object, "kubeletVersion")),
    wide(string("Internal-IP", "Address inside the cluster.", (object) => cells.nodeAddress(object, "InternalIP"))),
    wide(string("External-IP", "Address outside the cluster.", (object) => cells.nodeAddress(object, "ExternalIP"))),
    wide(string("OS-Image", "Operating system.", (object) => cells.nodeInfo(object, "osImage"))),
    wide(string("Kernel-Version", "Kernel.", (object) => cells.nodeInfo(object, "kernelVersion"))),
    wide(string("Container-Runtime", "Container runtime.", (object) => cells.nodeInfo(object, "containerRuntimeVersion"))),
  ],
  namespaces: [string("Status", "Phase of the namespace.", (object) => record(object["status"])["phase"] ?? ""), AGE],
  services: [
    string("Type", "How it is reached.", (object) => record(object["spec"])["type"] ?? ""),
    string("Cluster-IP", "Address inside the cluster.", (object) => cells.orNone(record(object["spec"])["clusterIP"])),
    string("External-IP", "Address outside the cluster.", cells.serviceExternalAddress),
    string("Port(s)", "Ports.", cells.servicePorts),
    AGE,
    SELECTOR,
  ],
  endpoints: [string("Endpoints", "Addresses behind it.", cells.endpointAddresses), AGE],
  configmaps: [{ ...string("Data", "Number of keys.", cells.dataCount), type: "string" }, AGE],
  secrets: [
    string("Type", "Type of the secret.", (object) => object["type"] ?? ""),
    string("Data", "Number of keys.", cells.dataCount),
    AGE,
  ],
  serviceaccounts: [
    { ...string("Secrets", "Number of token secrets.", (object) => String(cells.count(object["secrets"]))), type: "string" },
    AGE,
  ],
  events: [
    string("Last Seen", "Time since it was last seen.", (object, now) =>
      ageOf(object["lastTimestamp"] ?? object["eventTime"], now),
    ),
    string("Type", "Normal or Warning.", (object) => object["type"] ?? ""),
    string("Reason", "Why it was written.", (object) => object["reason"] ?? ""),
    string("Object", "What it is about.", cells.eventObject),
    string("Message", "What happened.", (object) => object["message"] ?? ""),
  ],
  replicationcontrollers: [...REPLICA_COUNTS, AGE, ...WORKLOAD_WIDE, SELECTOR],
  "replicasets.apps": [...REPLICA_COUNTS, AGE, ...WORKLOAD_WIDE, SELECTOR],
  "deployments.apps": [
    READY_OF,
    integer("Up-to-date", "Pods of the newest template.", "status", "updatedReplicas"),
    integer("Available", "Pods that are available.", "status", "availableReplicas"),
    AGE,
    ...WORKLOAD_WIDE,
    SELECTOR,
  ],
  "statefulsets.apps": [READY_OF, AGE, ...WORKLOAD_WIDE],
  "daemonsets.apps": [
    integer("Desired", "Nodes that should run it.", "status", "desiredNumberScheduled"),
    integer("Current", "Nodes that run it.", "status", "currentNumberScheduled"),
    integer("Ready", "Pods that are ready.", "status", "numberReady"),
    integer("Up-to-date", "Pods of the newest template.", "status", "updatedNumberScheduled"),
    integer("Available", "Pods that are available.", "status", "numberAvailable"),
    string("Node Selector", "Nodes it is meant for.", cells.nodeSelector),
    AGE,
    ...WORKLOAD_WIDE,
    SELECTOR,
  ],
  "jobs.batch": [
    string("Completions", "Succeeded out of wanted.", cells.jobCompletions),
    string("Duration", "How long it ran.", cells.jobDuration),
    AGE,
    ...WORKLOAD_WIDE,
    SELECTOR,
  ],
  "cronjobs.batch": [
    string("Schedule", "When it runs.", (object) => record(object["spec"])["schedule"] ?? ""),
    { ...string("Suspend", "Whether it rests.", cells.cronSuspended), type: "boolean" },
    { ...string("Active", "Jobs that run.", (object) => cells.count(record(object["status"])["active"])), type: "integer" },
    string("Last Schedule", "Time since it last ran.", (object, now) => {
      const last = record(object["status"])["lastScheduleTime"];
      return last === undefined ? "<none>" : ageOf(last, now);
    }),
    AGE,
  ],
  "ingresses.networking.k8s.io": [
    string("Class", "Class of the ingress.", (object) => cells.orNone(record(object["spec"])["ingressClassName"])),
    string("Hosts", "Hosts of its rules.", cells.ingressHosts),
    string("Address", "Where it is reached.", cells.loadBalancerAddress),
    string("Ports", "Ports.", (object) => (cells.count(record(object["spec"])["tls"]) > 0 ? "80, 443" : "80")),
    AGE,
  ],
};
