import { arrayAt, at, isObject, type KubeObject, stringAt } from "../json.ts";
import type { AbortRule, Target } from "../targets/types.ts";
import { internalIpOf, podCidrOf } from "../view/normal-forms.ts";
import { isAddress, isTidyAddress } from "./addresses.ts";
import { gather } from "../consumer/gather.ts";
import { cattleOf } from "../consumer/services.ts";
import type { Gathered } from "../consumer/types.ts";
import type { Trouble, UploadedObject } from "./types.ts";

const PROVIDER_LABEL = "virtual-kubelet.io/provider-cluster-native-name";

const WORKLOAD_TYPES = [
  "*v1.Deployment",
  "*v1.StatefulSet",
  "*v1.DaemonSet",
  "*v1.CloneSet",
  "*v1.OpenGaussCluster",
  "*v1.ReplicationController",
];
const LABELS = [
  ["metadata", "labels"],
  ["spec", "template", "metadata", "labels"],
];
/** Selectors of workloads have another form, and nobody reads them. */
const SELECTOR = ["spec", "selector"];
const SERVICE_TYPES = ["*v1.Service", "*v1.ServiceRule"];

interface Rule {
  readonly types: readonly string[];
  readonly effect: "aborts" | "crashes";
  /** What is wrong with an object, and the mending; undefined where nothing is. */
  readonly broken: (
    object: KubeObject,
    gathered: Gathered,
    type: string,
  ) => { readonly problem: string; readonly mend: string } | undefined;
}

const rules: Readonly<Record<AbortRule, Rule>> = {
  "node-address": {
    types: ["*v1.Node"],
    effect: "aborts",
    broken(node, gathered) {
      if (!gathered.passed(node)) return undefined;
      const [address, range] = [internalIpOf(node), podCidrOf(node)];
      if (!isTidyAddress(address)) return told("its InternalIP", address, "send status.addresses as the API gives it");
      if (!isTidyAddress(range)) return told("its spec.podCIDR", range, "send spec.podCIDR as the API gives it");
      return undefined;
    },
  },
  "service-cluster-ip": {
    types: ["*v1.Service"],
    effect: "aborts",
    broken(service, gathered) {
      const address = stringAt(service, "spec", "clusterIP");
      if (isTidyAddress(address) || !gathered.passed(service)) return undefined;
      return told("its spec.clusterIP", address, "send spec.clusterIP as the API gives it");
    },
  },
  "pod-ip": {
    types: ["*v1.Pod"],
    effect: "crashes",
    broken(pod, gathered) {
      const address = stringAt(pod, "status", "podIP");
      const hostNetwork = address === stringAt(pod, "status", "hostIP");
      if (address === "" || hostNetwork || isAddress(address) || !gathered.passed(pod)) return undefined;
      return told("its status.podIP", address, "send status.podIP as the API gives it, or leave it out");
    },
  },
  "pod-networks": {
    types: ["*v1.Pod"],
    effect: "crashes",
    broken(pod, gathered) {
      const networks = arrayAt(pod, "status", "podNetworks");
      const given = networks.some((network) => isObject(network) && Object.hasOwn(network, "ip"));
      if (!given || !gathered.passed(pod)) return undefined;
      return {
        problem: "it has status.podNetworks[].ip, which the server cannot take in any form",
        mend: "leave status.podNetworks out",
      };
    },
  },
  "virtual-kubelet-pod-without-labels": {
    types: ["*v1.Pod"],
    effect: "crashes",
    broken(pod, gathered) {
      const labels = at(pod, "metadata", "labels");
      if (isObject(labels) && Object.keys(labels).length > 0) return undefined;
      const namespace = gathered.namespaceObjects.get(stringAt(pod, "metadata", "namespace"));
      if (stringAt(namespace, "metadata", "labels", PROVIDER_LABEL) === "" || !gathered.passed(pod)) return undefined;
      return {
        problem: `it has no labels while its namespace carries the label ${PROVIDER_LABEL}`,
        mend: "leave the labels of namespaces out; the server needs only their uid and name",
      };
    },
  },
  "label-not-a-string": {
    types: [...WORKLOAD_TYPES, "*v1.ReplicaSet", ...SERVICE_TYPES, "*v1.Pod"],
    effect: "crashes",
    broken(object, gathered, type) {
      if (!gathered.placed(object)) return undefined;
      for (const path of SERVICE_TYPES.includes(type) ? [...LABELS, SELECTOR] : LABELS) {
        const labels = at(object, ...path);
        const strange = isObject(labels) ? Object.entries(labels).find(([, value]) => typeof value !== "string") : undefined;
        if (strange) {
          const problem = `${path.join(".")}[${JSON.stringify(strange[0])}] is ${JSON.stringify(strange[1])}, not a string`;
          return { problem, mend: "send labels and selectors as the API gives them" };
        }
      }
      return undefined;
    },
  },
  "pod-condition-not-a-string": {
    types: ["*v1.Pod"],
    effect: "crashes",
    broken(pod, gathered) {
      const bad = arrayAt(pod, "status", "conditions").find((condition) => {
        const type = at(condition, "type");
        return typeof type !== "string" || (type === "Ready" && typeof at(condition, "status") !== "string");
      });
      if (bad === undefined || !gathered.passed(pod)) return undefined;
      return {
        problem: "a condition of its status has no type, or Ready no status, that is a string",
        mend: "send type and status of every condition, as the API gives them",
      };
    },
  },
  "cattle-annotation-not-json": {
    types: SERVICE_TYPES,
    effect: "aborts",
    broken(service, gathered) {
      if (cattleOf(service) !== "not-json" || !gathered.passed(service)) return undefined;
      return { problem: "its annotation field.cattle.io/targetWorkloadIds is no JSON", mend: "leave the annotation out" };
    },
  },
  "cattle-annotation-names-workload": {
    types: SERVICE_TYPES,
    effect: "crashes",
    broken(service, gathered) {
      const named = cattleOf(service);
      if (named === undefined || named === "not-json" || !gathered.passed(service)) return undefined;
      const hit = named.find((id) => namesWorkload(gathered, id));
      if (hit === undefined) return undefined;
      const problem = `its annotation field.cattle.io/targetWorkloadIds names the workload ${hit}`;
      return { problem, mend: "leave the annotation out" };
    },
  },
};

/**
 * The conditions under which the target would lose the whole sync, or its process, on these objects; one trouble for
 * each object and rule, in entry order. `*version.Info` is judged by `versionInfoTrouble`. Source: protocol.md 4.1.
 */
export function syncTrouble(target: Target, objects: Iterable<UploadedObject>): readonly Trouble[] {
  if (target.aborts.length === 0) return [];
  const all = [...objects];
  return gatheringTrouble(gather(target, all), all);
}

/** The same for objects that were gathered already. */
export function gatheringTrouble(gathered: Gathered, objects: readonly UploadedObject[]): readonly Trouble[] {
  const { target } = gathered;
  const wanted = new Map<string, AbortRule[]>();
  for (const name of target.aborts) for (const type of rules[name].types) wanted.set(type, [...(wanted.get(type) ?? []), name]);
  return objects.flatMap((uploaded) =>
    (wanted.get(uploaded.type) ?? []).flatMap((name) => troubleOf(target, name, uploaded, gathered)),
  );
}

function troubleOf(
  target: Target,
  name: AbortRule,
  { entry, type, object }: UploadedObject,
  gathered: Gathered,
): readonly Trouble[] {
  const rule = rules[name];
  const broken = rule.broken(object, gathered, type);
  if (!broken) return [];
  const what = displayName(object);
  const then =
    rule.effect === "crashes"
      ? `the server process of ${target.id} crashes on it`
      : `${target.id} gives up the whole sync of the cluster and keeps its old resources`;
  return [
    {
      rule: name,
      effect: rule.effect,
      entry,
      type,
      uid: stringAt(object, "metadata", "uid"),
      name: what,
      text: `entry ${entry}, ${type} ${what}: ${broken.problem}; ${then}. To mend it: ${broken.mend}.`,
      source: target.sources.aborts,
    },
  ];
}

/** Whether one of Rancher's workload ids, `deployment:namespace:name`, is that of a kept workload. */
function namesWorkload({ resources }: Gathered, id: string): boolean {
  const [, namespace, name] = id.split(/[:/]/);
  return resources.workloads.some((workload) => workload.namespace === namespace && workload.name === name);
}

/** `namespace/name`, or the name alone; for messages. */
function displayName(object: KubeObject): string {
  const [namespace, name] = [stringAt(object, "metadata", "namespace"), stringAt(object, "metadata", "name")];
  return namespace === "" ? name : `${namespace}/${name}`;
}

function told(field: string, value: string, mend: string) {
  return { problem: `${field} ${JSON.stringify(value)} is no IP address`, mend };
}
