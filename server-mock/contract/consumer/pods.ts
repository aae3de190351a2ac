import { arrayAt, at, isObject, stringAt } from "../json.ts";
import { podIdentity } from "../identity/pod-identity.ts";
import type { UploadedObject } from "../troubles/types.ts";
import type { Gathering, Identity } from "./gathering.ts";
import type { KeptNode, KeptPod } from "./types.ts";
import type { GatheredWorkloads } from "./workloads.ts";

const PROVIDER = "virtual-kubelet.io/provider";
const SERVERLESS: readonly unknown[] = ["serverless", "proprietary"];

/** The workload of a pod, and the ReplicaSet between them. */
type Owner = Pick<KeptPod, "workload" | "replicaSet">;

/** Pods whose owner is kept, each identity once. Source: protocol.md 4.2, 4.3, 4.4. */
export function gatherPods(gathering: Gathering, workloads: GatheredWorkloads, nodes: readonly KeptNode[]): KeptPod[] {
  const uids = new Set<string>();
  const firstOf = new Map<string, string>();
  const nodeByAddress = new Map(nodes.map((node) => [node.address, node.uid]));
  return gathering.of("*v1.Pod").flatMap((uploaded): readonly KeptPod[] => {
    const { object } = uploaded;
    const identity = gathering.place(uploaded);
    const owner = identity && ownerOf(gathering, workloads, uploaded, identity);
    if (!identity || !owner) return [];
    const hostIp = stringAt(object, "status", "hostIP");
    const node = nodeByAddress.get(hostIp);
    const strange = `status.hostIP ${JSON.stringify(hostIp)} is the InternalIP of no kept Node`;
    if (node === undefined && gathering.drop(uploaded, "pod-node-unknown", strange)) return [];
    if (!gathering.keep(uploaded, uids)) return [];
    const key = podIdentity(gathering.target, object);
    const first = firstOf.get(key);
    if (first !== undefined) {
      const same = `its generateName gives it the identity of ${first}, and the first is kept`;
      if (gathering.drop(uploaded, "pod-identity-collision", same)) return [];
    }
    firstOf.set(key, identity.name);
    return [{ ...identity, ...owner, ...(node !== undefined && { node }), address: stringAt(object, "status", "podIP") }];
  });
}

function ownerOf(
  gathering: Gathering,
  workloads: GatheredWorkloads,
  uploaded: UploadedObject,
  identity: Identity,
): Owner | undefined {
  const { target } = gathering;
  const owners = at(uploaded.object, "metadata", "ownerReferences");
  const [reference] = arrayAt(uploaded.object, "metadata", "ownerReferences");
  const [kind, uid, name] = [stringAt(reference, "kind"), stringAt(reference, "uid"), stringAt(reference, "name")];
  if (reference === undefined || uid === "") {
    const serverless = serverlessWorkload(gathering, workloads, uploaded, identity);
    if (serverless !== undefined) return { workload: serverless };
    const form = isObject(owners) ? "metadata.ownerReferences is an object and not an array" : "it has no owner";
    return gathering.drop(uploaded, "pod-without-owner", form) ? undefined : { workload: "" };
  }
  if (!target.ownerKinds.includes(kind)) {
    const strange = `its owner is a ${kind === "" ? "thing without kind" : kind}, which ${target.id} does not take for a workload`;
    return gathering.drop(uploaded, "pod-owner-kind", strange) ? undefined : { workload: uid };
  }
  if (target.inventedOwnerKinds.includes(kind)) {
    const workload = { type: kind, uid, namespace: identity.namespace, name, invented: true };
    return { workload: workloads.invent(workload) };
  }
  if (workloads.workloadByUid.has(uid)) {
    const through = workloads.workloadOfReplicaSet.has(uid) ? { replicaSet: uid } : {};
    return { workload: uid, ...through };
  }
  const workload = workloads.workloadOfReplicaSet.get(uid);
  if (workload !== undefined) return { workload, replicaSet: uid };
  const unknown = `its owner, the ${kind} ${name === "" ? uid : name}, is not kept from this snapshot`;
  return gathering.drop(uploaded, "pod-owner-unknown", unknown) ? undefined : { workload: uid };
}

/** Pods without owners that a serverless provider labels belong to a workload that is made up from the labels. */
function serverlessWorkload(
  { target }: Gathering,
  workloads: GatheredWorkloads,
  { object }: UploadedObject,
  { namespace }: Identity,
): string | undefined {
  if (target.serverlessPods !== "by-labels") return undefined;
  const label = (name: string) => stringAt(object, "metadata", "labels", `${PROVIDER}-${name}`);
  const [type, name] = [label("workload-type"), label("resource-name")];
  if (!SERVERLESS.includes(label("cluster-type")) || type === "" || name === "") return undefined;
  return workloads.invent({ type, uid: `${namespace}/${type}/${name}`, namespace, name, invented: true });
}
