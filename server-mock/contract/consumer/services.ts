import { arrayAt, at, isObject, stringAt } from "../json.ts";
import type { Gathering, Identity } from "./gathering.ts";
import type { KeptService, KeptServicePort } from "./types.ts";
import type { GatheredWorkloads } from "./workloads.ts";

const CATTLE = "field.cattle.io/targetWorkloadIds";

/** Services and ServiceRules of a kept type that select a workload. Source: protocol.md 4.2. */
export function gatherServices(gathering: Gathering, workloads: GatheredWorkloads): KeptService[] {
  const uids = new Set<string>();
  return gathering.of("*v1.Service", "*v1.ServiceRule").flatMap((uploaded): readonly KeptService[] => {
    const { object } = uploaded;
    const identity = gathering.place(uploaded);
    if (!identity) return [];
    const selector = at(object, "spec", "selector");
    const pairs = isObject(selector) ? Object.entries(selector) : [];
    const none = "spec.selector is empty, so that it selects no workload";
    if (pairs.length === 0 && gathering.drop(uploaded, "service-without-selector", none)) return [];
    const type = stringAt(object, "spec", "type");
    const { serviceTypes } = gathering.target;
    if (!serviceTypes.includes(type)) {
      const kept = `spec.type is ${JSON.stringify(type)}; kept are ${serviceTypes.join(", ")}`;
      if (gathering.drop(uploaded, "service-type", kept)) return [];
    }
    const selected =
      pairs.length === 0 ? [] : intersection(pairs.map(([key, value]) => workloads.withLabel(identity.namespace, key, value)));
    const unmatched = `no workload of ${identity.namespace} carries the labels of its selector ${JSON.stringify(selector)}`;
    if (selected.length === 0 && gathering.drop(uploaded, "service-without-workload", unmatched)) return [];
    if (!gathering.keep(uploaded, uids)) return [];
    const clusterIp = stringAt(object, "spec", "clusterIP");
    const ports =
      cattleOf(object) === "not-json"
        ? withoutPorts(gathering, identity)
        : portsOf(gathering, identity, object, selected, workloads);
    return [{ ...identity, workloads: selected, ports, clusterIp: clusterIp === "None" ? "" : clusterIp }];
  });
}

/** What Rancher's annotation holds: the workloads it names, `not-json`, or undefined where it is absent. */
export function cattleOf(service: unknown): readonly string[] | "not-json" | undefined {
  const annotations = at(service, "metadata", "annotations");
  if (!isObject(annotations) || !Object.hasOwn(annotations, CATTLE)) return undefined;
  try {
    const value: unknown = JSON.parse(stringAt(annotations, CATTLE));
    return Array.isArray(value) ? value.map(String) : [];
  } catch {
    return "not-json";
  }
}

function withoutPorts(gathering: Gathering, identity: Identity): readonly KeptServicePort[] {
  gathering.reduce(identity, "service-ports", "ports", `its annotation ${CATTLE} is no JSON, so that its ports are skipped`);
  return [];
}

function portsOf(
  gathering: Gathering,
  identity: Identity,
  object: unknown,
  selected: readonly string[],
  workloads: GatheredWorkloads,
): readonly KeptServicePort[] {
  return arrayAt(object, "spec", "ports").flatMap((port): readonly KeptServicePort[] => {
    const target = at(port, "targetPort") ?? at(port, "port");
    const targetPort =
      typeof target === "number"
        ? target
        : selected.map((uid) => workloads.namedPort(uid, String(target))).find((number) => number !== undefined);
    if (targetPort === undefined) {
      const problem = `its port ${numberAt(port, "port")} has the targetPort ${JSON.stringify(target)}, which no container port of its workloads is named; the port is skipped`;
      gathering.reduce(identity, "service-named-port", `port ${numberAt(port, "port")}`, problem);
      return [];
    }
    return [
      {
        name: stringAt(port, "name"),
        port: numberAt(port, "port"),
        protocol: stringAt(port, "protocol"),
        nodePort: numberAt(port, "nodePort"),
        targetPort,
      },
    ];
  });
}

function numberAt(value: unknown, key: string): number {
  const found = at(value, key);
  return typeof found === "number" ? found : 0;
}

function intersection(sets: readonly ReadonlySet<string>[]): readonly string[] {
  const [first = new Set<string>(), ...others] = sets;
  return [...first].filter((uid) => others.every((set) => set.has(uid)));
}
