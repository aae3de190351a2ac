/** The gRPC services that may carry KubernetesAPISync: `trident.Synchronizer`, `agent.Synchronizer` (protocol.md 0). */
export type SyncService = "trident" | "agent";

/** A resource that the target reads and the type names under which it reads it, the usual name first. */
export interface ConsumedResource {
  /** As kubectl names it: `deployments.apps`. */
  readonly resource: string;
  readonly typeNames: readonly string[];
}

/** Conditions of protocol.md 4.1 under which a whole sync is lost, by rule. `version.Info` has a field of its own. */
export type AbortRule =
  | "node-address"
  | "service-cluster-ip"
  | "pod-ip"
  | "pod-networks"
  | "virtual-kubelet-pod-without-labels"
  | "label-not-a-string"
  | "pod-condition-not-a-string"
  | "cattle-annotation-not-json"
  | "cattle-annotation-names-workload";

/** Conditions of protocol.md 2.6, 3, 4.2, 4.3 and 4.4 under which an object is dropped, by rule. */
export type DropRule =
  | "entry-unreadable"
  | "entry-array"
  | "entry-list"
  | "entry-scalar"
  | "type-unread"
  | "ingress-flavour"
  | "no-metadata"
  | "no-uid"
  | "no-name"
  | "no-namespace"
  | "namespace-unknown"
  | "uid-twice"
  | "version-info-again"
  | "node-without-internal-ip"
  | "replicaset-inactive"
  | "replicaset-without-owner"
  | "service-without-selector"
  | "service-type"
  | "service-without-workload"
  | "pod-without-owner"
  | "pod-owner-kind"
  | "pod-owner-unknown"
  | "pod-node-unknown"
  | "pod-identity-collision";

/** Conditions of protocol.md 2.8 under which a gathered snapshot is not applied. */
export type GuardRule = "no-nodes" | "no-nodes-and-no-pods" | "no-interfaces";

/** What the target's rules say, without where they come from. */
export interface TargetRules {
  /** Services on which the target serves KubernetesAPISync. */
  readonly services: readonly SyncService[];
  /** Milliseconds after which the target forgets a cluster that is silent. */
  readonly ageingMs: number;
  /** Requests that wait for the store at most; the oldest is lost silently. 0: no such queue. */
  readonly queueLength: number;
  /** `server`: the decision table 2.2; `document`: the letter of the seed document. */
  readonly answers: "server" | "document";
  /** Whether a team_id is looked up, and an unknown one refused. */
  readonly teams: boolean;
  /** Whether nothing is gathered of a cluster_id that no domain has. */
  readonly domain: "required" | "unknown";
  /** When a stored snapshot is gathered: every 30 s alone, or at once for a new version as well. */
  readonly refresh: "poll" | "on-new-version" | "unspecified";
  /** What a non-empty error_msg does to the snapshot that is stored with it. */
  readonly errorMessage: "freezes" | "harmless";
  /** A record past the ageing time: gone, served from a second map that never ages, or checked when it is read. */
  readonly staleRecord: "removed" | "served" | "checked";
  readonly consumed: readonly ConsumedResource[];
  /** Type names of which a sync reads one only, the winner first; empty where all are read side by side. */
  readonly exclusiveTypes: readonly string[];
  /** Owner kinds that the target accepts on a pod. */
  readonly ownerKinds: readonly string[];
  /** Owner kinds for which the owner itself need not be in the snapshot. */
  readonly inventedOwnerKinds: readonly string[];
  /** Whether pods without owners are kept for the labels of a serverless provider. */
  readonly serverlessPods: "by-labels" | "unread";
  /**
   * `required`: without a `*version.Info` with gitVersion the sync fails; `crashes`: without one the process dies, and
   * gitVersion may be anything; `ignored`: never read.
   */
  readonly versionInfo: "required" | "crashes" | "ignored";
  /** How generateName enters a pod's identity: for any owner, as `generate_name` for StatefulSets, or not at all. */
  readonly generateName: "any-owner" | "snake-case-statefulset" | "unread";
  /** Document shapes of which the target uses every object. */
  readonly entryShapes: readonly ("object" | "array" | "list")[];
  /** What a compressed_info that is not readable zlib does: on arrival (no entries are stored), or when gathered. */
  readonly badStream: "empties-snapshot" | "fails-sync" | "unspecified";
  /** Whether a stream that is cut short or has a wrong checksum is noticed. */
  readonly streamEnd: "checked" | "overlooked";
  /** Service types that the target keeps. */
  readonly serviceTypes: readonly string[];
  /** Forms of an Ingress backend that the target reads. */
  readonly ingressBackends: "v1beta1" | "v1-and-v1beta1";
  /** Labels that make a node a master. */
  readonly masterLabels: readonly string[];
  readonly aborts: readonly AbortRule[];
  readonly drops: readonly DropRule[];
  readonly guards: readonly GuardRule[];
}

/** A contract that the mock keeps: `document`, or a version of the server. Data only. */
export interface Target extends TargetRules {
  readonly id: string;
  /** The version that it is; for `document` what the document is. */
  readonly tag: string;
  /** A version of the server, and not `document`. */
  readonly line: boolean;
  /** Where each rule is laid down: section or row of protocol.md. */
  readonly sources: Readonly<Record<keyof TargetRules, string>>;
  /** Rules, and elements of rules, that were inferred and not read: `refresh`, `drops no-name`. */
  readonly inferred: readonly string[];
}
