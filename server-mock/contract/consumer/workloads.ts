import { arrayAt, at, isObject, type KubeObject, stringAt } from "../json.ts";
import type { UploadedObject } from "../troubles/types.ts";
import type { Gathering } from "./gathering.ts";
import type { KeptReplicaSet, KeptWorkload } from "./types.ts";

/** Workloads and ReplicaSets, with what Services need of them. */
export interface GatheredWorkloads {
  readonly workloads: KeptWorkload[];
  readonly replicaSets: KeptReplicaSet[];
  readonly workloadByUid: ReadonlyMap<string, KeptWorkload>;
  /** Workload's uid by ReplicaSet's uid. */
  readonly workloadOfReplicaSet: ReadonlyMap<string, string>;
  /** Uids of the workloads of a namespace that carry a label, in their own metadata or their template's. */
  withLabel(namespace: string, key: string, value: unknown): ReadonlySet<string>;
  /** The container port of that name in a workload's template. */
  namedPort(workload: string, name: string): number | undefined;
  /** Makes up a workload from a pod. Returns its uid. */
  invent(workload: KeptWorkload): string;
}

const WORKLOAD_TYPES = ["*v1.Deployment", "*v1.StatefulSet", "*v1.OpenGaussCluster", "*v1.DaemonSet", "*v1.CloneSet"];
const NO_UIDS: ReadonlySet<string> = new Set();

/** Workloads of every type that the target reads, ReplicationControllers and active ReplicaSets. Source: protocol.md 4.2. */
export function gatherWorkloads(gathering: Gathering): GatheredWorkloads {
  const uids = new Set<string>();
  const workloads: KeptWorkload[] = [];
  const replicaSets: KeptReplicaSet[] = [];
  const workloadByUid = new Map<string, KeptWorkload>();
  const workloadOfReplicaSet = new Map<string, string>();
  const byLabel = new Map<string, Set<string>>();
  const ports = new Map<string, Map<string, number>>();

  function add(workload: KeptWorkload): string {
    workloads.push(workload);
    workloadByUid.set(workload.uid, workload);
    return workload.uid;
  }

  function learn(uid: string, namespace: string, object: KubeObject, own: boolean): void {
    for (const labels of [
      own ? at(object, "metadata", "labels") : undefined,
      at(object, "spec", "template", "metadata", "labels"),
    ]) {
      for (const [key, value] of isObject(labels) ? Object.entries(labels) : []) {
        if (typeof value !== "string") continue;
        const name = labelKey(namespace, key, value);
        const known = byLabel.get(name);
        if (known) known.add(uid);
        else byLabel.set(name, new Set([uid]));
      }
    }
    const named = ports.get(uid) ?? new Map<string, number>();
    for (const container of arrayAt(object, "spec", "template", "spec", "containers")) {
      for (const port of arrayAt(container, "ports")) {
        const [name, number] = [stringAt(port, "name"), at(port, "containerPort")];
        if (name !== "" && typeof number === "number" && !named.has(name)) named.set(name, number);
      }
    }
    ports.set(uid, named);
  }

  for (const type of [...WORKLOAD_TYPES, "*v1.ReplicationController"]) {
    for (const uploaded of gathering.of(type)) {
      const identity = gathering.place(uploaded);
      if (!identity) continue;
      learn(identity.uid, identity.namespace, uploaded.object, type !== "*v1.ReplicationController");
      if (gathering.keep(uploaded, uids)) add({ ...identity, invented: false });
    }
  }

  const setUids = new Set<string>();
  for (const uploaded of gathering.of("*v1.ReplicaSet")) {
    const { object } = uploaded;
    const identity = gathering.place(uploaded);
    if (!identity || dropsReplicaSet(gathering, uploaded)) continue;
    if (!gathering.keep(uploaded, setUids)) continue;
    const ownerUid = stringAt(arrayAt(object, "metadata", "ownerReferences")[0], "uid");
    const known = workloadByUid.has(ownerUid);
    // An owner that is not in the snapshot (an Argo Rollout, say): the ReplicaSet is a workload of its own.
    const workload = known ? ownerUid : add({ ...identity, name: identity.name.replace(/-[^-]*$/, ""), invented: true });
    if (!known) uids.add(workload);
    replicaSets.push({ ...identity, workload });
    workloadOfReplicaSet.set(identity.uid, workload);
    learn(workload, identity.namespace, object, true);
  }

  return {
    workloads,
    replicaSets,
    workloadByUid,
    workloadOfReplicaSet,
    withLabel: (namespace, key, value) =>
      (typeof value === "string" ? byLabel.get(labelKey(namespace, key, value)) : undefined) ?? NO_UIDS,
    namedPort: (workload, name) => ports.get(workload)?.get(name),
    invent: (workload) => (workloadByUid.has(workload.uid) ? workload.uid : add(workload)),
  };
}

function dropsReplicaSet(gathering: Gathering, uploaded: UploadedObject): boolean {
  const replicas = at(uploaded.object, "spec", "replicas");
  const active = typeof replicas === "number" && Number.isInteger(replicas) && replicas !== 0;
  const inactive = `spec.replicas is ${JSON.stringify(replicas) ?? "absent"}, so that it counts as inactive`;
  if (!active && gathering.drop(uploaded, "replicaset-inactive", inactive)) return true;
  const owners = at(uploaded.object, "metadata", "ownerReferences");
  const owner = stringAt(arrayAt(uploaded.object, "metadata", "ownerReferences")[0], "uid");
  const form = isObject(owners) ? "metadata.ownerReferences is an object and not an array" : "it has no owner";
  return owner === "" && gathering.drop(uploaded, "replicaset-without-owner", `${form}, so that no workload is found for it`);
}

function labelKey(namespace: string, key: string, value: string): string {
  return JSON.stringify([namespace, key, value]);
}
