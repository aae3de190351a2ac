/** The gRPC services that may carry KubernetesAPISync: `trident.Synchronizer`, `agent.Synchronizer` (protocol.md 0). */
export type SyncService = "trident" | "agent";

/** A resource that the target reads and the type names under which it reads it, the usual name first. */
export interface ConsumedResource {
  /** As kubectl names it: `deployments.apps`. */
  readonly resource: string;
  readonly typeNames: readonly string[];
}

/** Conditions of protocol.md 4.1 under which a whole sync is lost, by rule. `version.Info` has a field of its own. */
export type AbortRule = "node-address" | "service-cluster-ip" | "pod-ip" | "pod-networks" | "virtual-kubelet-pod-without-labels";

/** What the target's rules say, without where they come from. */
export interface TargetRules {
  /** Services on which the target serves KubernetesAPISync. */
  readonly services: readonly SyncService[];
  /** Milliseconds after which the target forgets a cluster that is silent. */
  readonly ageingMs: number;
  /** `server`: the decision table 2.2; `document`: the letter of the seed document. */
  readonly answers: "server" | "document";
  /** Whether a team_id is looked up, and an unknown one refused. */
  readonly teams: boolean;
  readonly consumed: readonly ConsumedResource[];
  /** Type names of which a sync reads one only, the winner first; empty where all are read side by side. */
  readonly exclusiveTypes: readonly string[];
  /** Owner kinds that the target accepts on a pod. */
  readonly ownerKinds: readonly string[];
  /** Owner kinds for which the owner itself need not be in the snapshot. */
  readonly inventedOwnerKinds: readonly string[];
  /** `required`: without a `*version.Info` with gitVersion the sync fails; `ignored`: never read. */
  readonly versionInfo: "required" | "ignored";
  /** How generateName enters a pod's identity: for any owner, or not at all. */
  readonly generateName: "any-owner" | "unread";
  /** Document shapes of which the target uses every object. */
  readonly entryShapes: readonly ("object" | "array" | "list")[];
  /** What a compressed_info that is not readable zlib does to the snapshot. */
  readonly badStream: "empties-snapshot" | "unspecified";
  /** Service types that the target keeps. */
  readonly serviceTypes: readonly string[];
  readonly aborts: readonly AbortRule[];
}

/** A contract that the mock keeps: `document`, or a server line at its newest tag. Data only. */
export interface Target extends TargetRules {
  readonly id: string;
  /** Newest tag of the line; for `document` what the document is. */
  readonly tag: string;
  /** A server line, and not `document`. */
  readonly line: boolean;
  /** Where each rule is laid down: section or row of protocol.md. */
  readonly sources: Readonly<Record<keyof TargetRules, string>>;
}
