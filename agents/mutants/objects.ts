import {
  encodeEntry,
  trimObject,
  VERSION_INFO_TYPE,
  type AgentBehaviour,
  type ApiResource,
  type KubeObject,
} from "../reference/index.ts";
import type { Mutant } from "./mutant.ts";

/** Faults of single objects, of their type names and of the version info: KAS-OBJ-*. */
export const objectMutants: readonly Mutant[] = [
  {
    name: "no-version-info",
    describes: "leaves out *version.Info, which the document does not name",
    fails: ["KAS-OBJ-6"],
    behaviour: () => ({ compose: (_versionInfo, collected) => collected.map((stored) => stored.entry) }),
  },
  {
    name: "two-version-infos",
    describes: "sends *version.Info twice",
    fails: ["KAS-OBJ-6"],
    behaviour: () => ({ compose: (info, collected) => [info, info, ...collected.map((stored) => stored.entry)] }),
  },
  {
    name: "empty-git-version",
    describes: "sends *version.Info with an empty gitVersion",
    fails: ["KAS-OBJ-6"],
    behaviour: () => ({
      encode: (type, object) => encodeEntry(type, type === VERSION_INFO_TYPE ? { ...object, gitVersion: "" } : object),
    }),
  },
  {
    name: "wrong-type-name",
    describes: "names Services by the plural of their kind",
    fails: ["KAS-OBJ-1"],
    behaviour: () => ({ encode: (type, object) => encodeEntry(type === "*v1.Service" ? "*v1.Services" : type, object) }),
  },
  {
    name: "unread-type",
    describes: "uploads Jobs as well, which no server reads",
    fails: ["KAS-OBJ-12"],
    behaviour: () => ({ chooseResources: (resources) => [...resources, jobs] }),
  },
  trimming("no-uid", "leaves out the uid of Services", "KAS-OBJ-2", "services", (kept) => {
    const { uid: _uid, ...metadata } = kept.metadata ?? {};
    return { metadata };
  }),
  trimming("owner-as-object", "sends ownerReferences of ReplicaSets as one object", "KAS-OBJ-5", "replicasets.apps", (kept) => {
    const owners = kept.metadata?.["ownerReferences"];
    return Array.isArray(owners) ? { metadata: { ...kept.metadata, ownerReferences: owners[0] as unknown } } : {};
  }),
  {
    ...trimming("pods-without-owners", "leaves out ownerReferences of Pods", "KAS-OBJ-5", "pods", ({ metadata = {} }) => {
      const { ownerReferences: _owners, ...rest } = metadata;
      return { metadata: rest };
    }),
    thread: "deepflowio/deepflow#5838",
  },
  trimming("pod-networks", "sends status.podNetworks of Pods, on which the server crashes", "KAS-OBJ-7", "pods", (kept) => ({
    status: { ...(kept["status"] as object), podNetworks: [{ ip: "10.0.0.1" }] },
  })),
  trimming("generate-name", "keeps generateName of Pods", "KAS-OBJ-8", "pods", (kept, object) => ({
    metadata: { ...kept.metadata, generateName: object.metadata?.["generateName"] },
  })),
  trimming("managed-fields", "keeps managedFields of Deployments", "KAS-OBJ-9", "deployments.apps", (kept, object) => ({
    metadata: {
      ...kept.metadata,
      managedFields: object.metadata?.["managedFields"] ?? [{ manager: "kubectl", operation: "Update" }],
    },
  })),
  trimming("no-internal-ip", "leaves out the InternalIP of Nodes", "KAS-OBJ-11", "nodes", (kept) => {
    const status = kept["status"] as { readonly addresses?: readonly { readonly type?: string }[] };
    return { status: { ...status, addresses: status.addresses?.filter((address) => address.type !== "InternalIP") } };
  }),
  {
    name: "two-ingress-flavours",
    describes: "sends one Ingress under the older type name and the others under the newer",
    fails: ["KAS-OBJ-10"],
    behaviour: twoFlavours,
  },
];

const jobs: ApiResource = {
  id: "jobs.batch",
  apiVersion: "batch/v1",
  kind: "Job",
  path: "/apis/batch/v1/jobs",
  type: "*v1.Job",
  trim: "workload",
};

function trimming(
  name: string,
  describes: string,
  fails: string,
  resourceId: string,
  change: (kept: KubeObject, object: KubeObject) => Partial<KubeObject>,
): Mutant {
  const behaviour: Partial<AgentBehaviour> = {
    trim(object, resource) {
      const kept = trimObject(object, resource);
      return resource.id === resourceId ? { ...kept, ...change(kept, object) } : kept;
    },
  };
  return { name, describes, fails: [fails], behaviour: () => behaviour };
}

function twoFlavours(): Partial<AgentBehaviour> {
  let older: string | undefined;
  return {
    encode(type, object) {
      if (type !== "*v1.Ingress") return encodeEntry(type, object);
      older ??= object.metadata?.uid;
      return encodeEntry(object.metadata?.uid === older ? "*v1beta1.Ingress" : type, object);
    },
  };
}
