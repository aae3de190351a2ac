import { readTypeNames } from "../kinds/type-names.ts";
import type { Target } from "../targets/types.ts";
import { gatheringTrouble } from "../troubles/sync-trouble.ts";
import type { Trouble, UploadedObject } from "../troubles/types.ts";
import { versionInfoTrouble } from "../troubles/version-info.ts";
import { gather } from "./gather.ts";
import { identityOf } from "./gathering.ts";
import { type BrokenEntry, readSnapshot } from "./snapshot.ts";
import type { Gathered, Inventory, InventoryCounts, Outcome, Resources, StoredSnapshot } from "./types.ts";

/** An inventory with the resources and links behind its counts. */
export interface DetailedInventory extends Inventory {
  /** What was gathered, applied or not. */
  readonly resources: Resources;
}

/** Why a snapshot is not applied. */
interface Failure {
  readonly outcome: Exclude<Outcome, "kept">;
  readonly reason: string;
  readonly blame?: NonNullable<Inventory["blame"]>;
}

const NOTHING: InventoryCounts = {
  nodes: 0,
  namespaces: 0,
  workloads: 0,
  replicaSets: 0,
  pods: 0,
  services: 0,
  servicePorts: 0,
  ingresses: 0,
  ingressRules: 0,
  ingressBackends: 0,
  configMaps: 0,
};

/** The order in which gathering goes through the types: the first trouble in it is the one that counts. */
const STAGES: readonly string[] = [
  "*version.Info",
  "*v1.Node",
  "*v1.Namespace",
  "*v1.ConfigMap",
  "*v1.Deployment",
  "*v1.StatefulSet",
  "*v1.OpenGaussCluster",
  "*v1.DaemonSet",
  "*v1.CloneSet",
  "*v1.ReplicationController",
  "*v1.ReplicaSet",
  "*v1.Service",
  "*v1.ServiceRule",
  "*v1.Ingress",
  "*v1.Route",
  "*v1beta1.Ingress",
  "*v1.Pod",
];

/**
 * What a target makes of the snapshot in its store. Pure; linear in the number of objects. Source: protocol.md 2.3, 2.8,
 * 3, 4.
 */
export function takeInventory(snapshot: StoredSnapshot, target: Target): DetailedInventory {
  const read = readSnapshot(target, snapshot.entries);
  const gathered = gather(target, read.objects);
  const failure = failureOf(snapshot, gathered, read.objects, read.broken);
  const { resources } = gathered;
  return {
    outcome: failure?.outcome ?? "kept",
    ...(failure && { reason: failure.reason }),
    ...(failure?.blame && { blame: failure.blame }),
    counts: failure ? NOTHING : countsOf(resources),
    dropped: [...read.dropped, ...gathered.dropped],
    reduced: gathered.reduced,
    podsSent: gathered.byType.get("*v1.Pod")?.length ?? 0,
    resources,
  };
}

/** The inventory of what was never stored, or is never gathered. */
export function refusedInventory(reason: string, outcome: "refused" | "aborted" = "refused"): Inventory {
  return { outcome, reason, counts: NOTHING, dropped: [], reduced: [], podsSent: 0 };
}

function failureOf(
  { entries, errorMsg = "" }: StoredSnapshot,
  gathered: Gathered,
  objects: readonly UploadedObject[],
  broken: readonly BrokenEntry[],
): Failure | undefined {
  const { target } = gathered;
  const stream = broken.find(({ what }) => what === "stream");
  if (stream && target.badStream === "empties-snapshot") return brokenFailure(target, stream);
  if (errorMsg !== "" && target.errorMessage === "freezes") {
    const reason = `error_msg is ${JSON.stringify(errorMsg)}: ${target.id} applies nothing of the cluster until a request with an empty error_msg is accepted`;
    return { outcome: "frozen", reason };
  }
  if (stream) return brokenFailure(target, stream);
  if (entries.length === 0 && target.versionInfo === "required") {
    return {
      outcome: "aborted",
      reason: `the stored record has no entries: ${target.id} gives up the sync and keeps its old resources`,
    };
  }
  return firstTrouble(gathered, objects, broken) ?? guardOf(gathered);
}

function brokenFailure(target: Target, { entry, type, what, problem }: BrokenEntry): Failure {
  const then =
    what === "text"
      ? `no JSON in an entry of a type that it reads makes ${target.id} give up the whole sync`
      : target.badStream === "empties-snapshot"
        ? `${target.id} inflates on arrival and stores none of the entries; a heartbeat does not heal it, another version does`
        : `${target.id} inflates when it gathers, and gives up each time until another version comes`;
  return {
    outcome: "aborted",
    reason: `entry ${entry}, ${type}: ${problem}; ${then}`,
    blame: {
      type,
      uid: "",
      namespace: "",
      name: "",
      entry,
      rule: what === "text" ? "entry-not-json" : "entry-not-zlib",
      source: what === "text" ? "protocol.md 3" : target.sources.badStream,
    },
  };
}

function firstTrouble(
  gathered: Gathered,
  objects: readonly UploadedObject[],
  broken: readonly BrokenEntry[],
): Failure | undefined {
  const { target } = gathered;
  const read = new Set(readTypeNames(target));
  const troubles = [...versionInfoTrouble(target, objects), ...gatheringTrouble(gathered, objects)].filter(
    ({ effect }) => effect !== "ignores",
  );
  const failures = [
    ...broken
      .filter(({ type }) => read.has(type))
      .map((entry) => ({ type: entry.type, entry: entry.entry, failure: () => brokenFailure(target, entry) })),
    ...troubles.map((trouble) => ({
      type: trouble.type ?? "*version.Info",
      entry: trouble.entry ?? -1,
      failure: () => troubleFailure(trouble, objects),
    })),
  ];
  return failures.sort((a, b) => STAGES.indexOf(a.type) - STAGES.indexOf(b.type) || a.entry - b.entry)[0]?.failure();
}

function troubleFailure(trouble: Trouble, objects: readonly UploadedObject[]): Failure {
  const { entry, rule, source } = trouble;
  const uploaded = objects.find((candidate) => candidate.entry === entry);
  const identity = uploaded ? identityOf(uploaded) : { type: trouble.type ?? "*version.Info", uid: "", namespace: "", name: "" };
  return {
    outcome: trouble.effect === "crashes" ? "crashed" : "aborted",
    reason: trouble.text.replace(/\.$/, ""),
    blame: { ...identity, rule, source, ...(entry !== undefined && { entry }) },
  };
}

function guardOf({ target, resources }: Gathered): Failure | undefined {
  const { nodes, pods, services } = resources;
  const interfaces =
    nodes.length +
    pods.filter(({ address }) => address !== "").length +
    services.filter(({ clusterIp }) => clusterIp !== "").length;
  const guards = {
    "no-nodes": [nodes.length === 0, "no valid Node is in it (invalid pod node count 0)"],
    "no-nodes-and-no-pods": [nodes.length + pods.length === 0, "it leaves neither a Node nor a Pod"],
    "no-interfaces": [interfaces === 0, "it leaves no address of a Node, Pod or Service"],
  } as const;
  for (const rule of target.guards) {
    const [applies, why] = guards[rule];
    if (!applies) continue;
    const blame = { type: "", uid: "", namespace: "", name: "", rule, source: target.sources.guards };
    return { outcome: "guarded", reason: `${target.id} keeps its old resources rather than apply the snapshot: ${why}`, blame };
  }
  return undefined;
}

function countsOf(resources: Resources): InventoryCounts {
  const rules = resources.ingresses.flatMap((ingress) => ingress.rules);
  return {
    nodes: resources.nodes.length,
    namespaces: resources.namespaces.length,
    workloads: resources.workloads.length,
    replicaSets: resources.replicaSets.length,
    pods: resources.pods.length,
    services: resources.services.length,
    servicePorts: resources.services.reduce((sum, service) => sum + service.ports.length, 0),
    ingresses: resources.ingresses.length,
    ingressRules: rules.length,
    ingressBackends: rules.reduce((sum, rule) => sum + rule.backends.length, 0),
    configMaps: resources.configMaps.length,
  };
}
