import { humanDuration } from "./duration.ts";
import { array, isRecord, numberOr, record, text, type JsonObject } from "./json.ts";
import type { KubeObject } from "./types.ts";

/** What kubectl writes for an absent value. */
export function orNone(value: unknown): string {
  return text(value) || "<none>";
}

/** Length of an array; 0 for anything else. */
export function count(value: unknown): number {
  return array(value).length;
}

/** `ready/wanted` replicas of a Deployment or StatefulSet. */
export function readyOfReplicas(object: KubeObject): string {
  return `${numberOr(record(object["status"])["readyReplicas"], 0)}/${numberOr(record(object["spec"])["replicas"], 1)}`;
}

/** Names of the containers in the template. */
export function containerNames(object: KubeObject): string {
  return containers(object, "name");
}

/** Images of the containers in the template. */
export function containerImages(object: KubeObject): string {
  return containers(object, "image");
}

function containers(object: KubeObject, field: string): string {
  const spec = record(record(record(object["spec"])["template"])["spec"]);
  return array(spec["containers"])
    .map((container) => text(record(container)[field]))
    .join(",");
}

/** A label selector, plain or with matchLabels, as `a=b,c=d`. */
export function selector(object: KubeObject): string {
  const value = record(record(object["spec"])["selector"]);
  return pairs(isRecord(value["matchLabels"]) ? value["matchLabels"] : value);
}

/** The node selector of a DaemonSet's template. */
export function nodeSelector(object: KubeObject): string {
  return pairs(record(record(record(record(object["spec"])["template"])["spec"])["nodeSelector"]));
}

function pairs(labels: JsonObject): string {
  const written = Object.entries(labels).map(([key, value]) => `${key}=${text(value)}`);
  return written.length === 0 ? "<none>" : written.join(",");
}

/** Ready, NotReady or Unknown, and whether it is cordoned. */
export function nodeStatus(object: KubeObject): string {
  const conditions = array(record(object["status"])["conditions"]).map(record);
  const ready = conditions.find((condition) => condition["type"] === "Ready");
  const word = ready === undefined ? "Unknown" : ready["status"] === "True" ? "Ready" : "NotReady";
  return record(object["spec"])["unschedulable"] === true ? `${word},SchedulingDisabled` : word;
}

/** Roles by `node-role.kubernetes.io/` labels. */
export function nodeRoles(object: KubeObject): string {
  const prefix = "node-role.kubernetes.io/";
  const roles = Object.keys(object.metadata.labels ?? {})
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  return roles.length === 0 ? "<none>" : [...roles].sort().join(",");
}

/** A field of `status.nodeInfo`. */
export function nodeInfo(object: KubeObject, field: string): string {
  return text(record(record(object["status"])["nodeInfo"])[field]);
}

/** The first address of a type. */
export function nodeAddress(object: KubeObject, type: string): string {
  const addresses = array(record(object["status"])["addresses"]).map(record);
  return orNone(addresses.find((address) => address["type"] === type)?.["address"]);
}

/** Where a Service is reached from outside. */
export function serviceExternalAddress(object: KubeObject): string {
  const spec = record(object["spec"]);
  if (spec["type"] === "ExternalName") return text(spec["externalName"]);
  if (spec["type"] === "LoadBalancer") return loadBalancerAddress(object) || "<pending>";
  return "<none>";
}

/** Addresses in `status.loadBalancer.ingress`. */
export function loadBalancerAddress(object: KubeObject): string {
  return array(record(record(object["status"])["loadBalancer"])["ingress"])
    .map((entry) => text(record(entry)["ip"]) || text(record(entry)["hostname"]))
    .join(",");
}

/** Ports of a Service as `80:30080/TCP`. */
export function servicePorts(object: KubeObject): string {
  const ports = array(record(object["spec"])["ports"]).map((item) => {
    const port = record(item);
    const nodePort = typeof port["nodePort"] === "number" ? `:${port["nodePort"]}` : "";
    return `${numberOr(port["port"], 0)}${nodePort}/${text(port["protocol"])}`;
  });
  return ports.length === 0 ? "<none>" : ports.join(",");
}

/** Up to three addresses of an Endpoints object, and how many more there are. */
export function endpointAddresses(object: KubeObject): string {
  const all = array(object["subsets"]).flatMap((item) => {
    const subset = record(item);
    const ports = array(subset["ports"]).map((port) => numberOr(record(port)["port"], 0));
    return array(subset["addresses"]).flatMap((address) => ports.map((port) => `${text(record(address)["ip"])}:${port}`));
  });
  if (all.length === 0) return "<none>";
  return all.length <= 3 ? all.join(",") : `${all.slice(0, 3).join(",")} + ${all.length - 3} more...`;
}

/** Number of keys of a ConfigMap or Secret. */
export function dataCount(object: KubeObject): string {
  return String(Object.keys(record(object["data"])).length + Object.keys(record(object["binaryData"])).length);
}

/** `kind/name` of what an Event is about. */
export function eventObject(object: KubeObject): string {
  const involved = record(object["involvedObject"] ?? object["regarding"]);
  return `${text(involved["kind"]).toLowerCase()}/${text(involved["name"])}`;
}

/** `succeeded/wanted` of a Job. */
export function jobCompletions(object: KubeObject): string {
  return `${numberOr(record(object["status"])["succeeded"], 0)}/${numberOr(record(object["spec"])["completions"], 1)}`;
}

/** How long a Job ran; empty while it has no end. */
export function jobDuration(object: KubeObject, now: number): string {
  const status = record(object["status"]);
  const start = status["startTime"];
  if (typeof start !== "string") return "";
  const end = status["completionTime"];
  return humanDuration((typeof end === "string" ? Date.parse(end) : now) - Date.parse(start));
}

/** Whether a CronJob is suspended. */
export function cronSuspended(object: KubeObject): boolean {
  return record(object["spec"])["suspend"] === true;
}

/** Hosts of an Ingress; `*` where a rule has none. */
export function ingressHosts(object: KubeObject): string {
  const hosts = array(record(object["spec"])["rules"])
    .map((rule) => text(record(rule)["host"]))
    .filter((host) => host !== "");
  return hosts.length === 0 ? "*" : hosts.join(",");
}
