import { arrayAt, at, isObject, type KubeObject, stringAt } from "../json.ts";
import type { AbortRule, Target } from "../targets/types.ts";
import { internalIpOf, podCidrOf } from "../view/normal-forms.ts";
import { isAddress, isTidyAddress } from "./addresses.ts";
import { type Keeping, keepingOf } from "./kept.ts";
import type { Trouble, UploadedObject } from "./types.ts";

const PROVIDER_LABEL = "virtual-kubelet.io/provider-cluster-native-name";

interface Rule {
  readonly type: string;
  readonly effect: "aborts" | "crashes";
  /** What is wrong with an object, and the mending; undefined where nothing is. */
  readonly broken: (object: KubeObject, keeping: Keeping) => { readonly problem: string; readonly mend: string } | undefined;
}

const rules: Readonly<Record<AbortRule, Rule>> = {
  "node-address": {
    type: "*v1.Node",
    effect: "aborts",
    broken(node, keeping) {
      if (!keeping.keepsNode(node)) return undefined;
      const [address, range] = [internalIpOf(node), podCidrOf(node)];
      if (!isTidyAddress(address)) return told("its InternalIP", address, "send status.addresses as the API gives it");
      if (!isTidyAddress(range)) return told("its spec.podCIDR", range, "send spec.podCIDR as the API gives it");
      return undefined;
    },
  },
  "service-cluster-ip": {
    type: "*v1.Service",
    effect: "aborts",
    broken(service, keeping) {
      const address = stringAt(service, "spec", "clusterIP");
      if (isTidyAddress(address) || !keeping.keepsService(service)) return undefined;
      return told("its spec.clusterIP", address, "send spec.clusterIP as the API gives it");
    },
  },
  "pod-ip": {
    type: "*v1.Pod",
    effect: "crashes",
    broken(pod, keeping) {
      const address = stringAt(pod, "status", "podIP");
      const hostNetwork = address === stringAt(pod, "status", "hostIP");
      if (address === "" || hostNetwork || isAddress(address) || !keeping.keepsPod(pod)) return undefined;
      return told("its status.podIP", address, "send status.podIP as the API gives it, or leave it out");
    },
  },
  "pod-networks": {
    type: "*v1.Pod",
    effect: "crashes",
    broken(pod, keeping) {
      const networks = arrayAt(pod, "status", "podNetworks");
      const given = networks.some((network) => isObject(network) && Object.hasOwn(network, "ip"));
      if (!given || !keeping.keepsPod(pod)) return undefined;
      return {
        problem: "it has status.podNetworks[].ip, which the server cannot take in any form",
        mend: "leave status.podNetworks out",
      };
    },
  },
  "virtual-kubelet-pod-without-labels": {
    type: "*v1.Pod",
    effect: "crashes",
    broken(pod, keeping) {
      const labels = at(pod, "metadata", "labels");
      if (isObject(labels) && Object.keys(labels).length > 0) return undefined;
      const namespace = keeping.namespaces.get(stringAt(pod, "metadata", "namespace"));
      if (stringAt(namespace, "metadata", "labels", PROVIDER_LABEL) === "" || !keeping.keepsPod(pod)) return undefined;
      return {
        problem: `it has no labels while its namespace carries the label ${PROVIDER_LABEL}`,
        mend: "leave the labels of namespaces out; the server needs only their uid and name",
      };
    },
  },
};

/**
 * The conditions under which the target would lose the whole sync, or its process, on these objects; one trouble for
 * each object and rule, in entry order. `*version.Info` is judged by `versionInfoTrouble`. Source: protocol.md 4.1.
 */
export function syncTrouble(target: Target, objects: Iterable<UploadedObject>): readonly Trouble[] {
  const wanted = new Set(target.aborts.map((rule) => rules[rule].type));
  if (wanted.size === 0) return [];
  const all = [...objects];
  const keeping = keepingOf(target, all);
  return all.flatMap((uploaded) =>
    wanted.has(uploaded.type) ? target.aborts.flatMap((rule) => troubleOf(target, rule, uploaded, keeping)) : [],
  );
}

function troubleOf(
  target: Target,
  name: AbortRule,
  { entry, type, object }: UploadedObject,
  keeping: Keeping,
): readonly Trouble[] {
  const rule = rules[name];
  const broken = rule.type === type ? rule.broken(object, keeping) : undefined;
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

/** `namespace/name`, or the name alone; for messages. */
function displayName(object: KubeObject): string {
  const [namespace, name] = [stringAt(object, "metadata", "namespace"), stringAt(object, "metadata", "name")];
  return namespace === "" ? name : `${namespace}/${name}`;
}

function told(field: string, value: string, mend: string) {
  return { problem: `${field} ${JSON.stringify(value)} is no IP address`, mend };
}
