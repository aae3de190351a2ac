import type { KubeObject } from "../json.ts";
import type { Target } from "../targets/types.ts";
import type { UploadedObject } from "../troubles/types.ts";

/** One entry of a snapshot as ingest reads it; structurally an `EntryReading`. */
export interface SnapshotEntry {
  readonly type?: string;
  readonly objects: readonly KubeObject[];
  readonly shape: "object" | "array" | "list" | "scalar" | "unreadable";
  readonly findings: readonly { readonly code: string; readonly problem: string }[];
}

/** What a target's store holds when it gathers. */
export interface StoredSnapshot {
  readonly entries: readonly SnapshotEntry[];
  /** The record's error_msg; absent is empty. */
  readonly errorMsg?: string;
}

/** Which kinds of resources are counted. */
export interface InventoryCounts {
  readonly nodes: number;
  readonly namespaces: number;
  readonly workloads: number;
  readonly replicaSets: number;
  readonly pods: number;
  readonly services: number;
  readonly servicePorts: number;
  readonly ingresses: number;
  readonly ingressRules: number;
  readonly ingressBackends: number;
  readonly configMaps: number;
}

/** An object that the target drops, with the rule that does it. Texts that an object lacks are empty. */
export interface DroppedObject {
  readonly type: string;
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly rule: string;
  /** Which part of it is lost, where the object itself is kept: a port, a backend's path. */
  readonly part?: string;
  /** What is wrong and what follows, for people; says so where the rule was inferred. */
  readonly reason: string;
}

/** What came of a snapshot as a whole; see `Inventory.outcome`. */
export type Outcome = "kept" | "aborted" | "crashed" | "frozen" | "guarded" | "refused";

/** What a target makes of a snapshot. */
export interface Inventory {
  /**
   * `kept`: applied; `aborted`: the sync fails; `crashed`: the server's process dies; `frozen`: error_msg holds it back;
   * `guarded`: a guard keeps the old state (protocol.md 2.8); `refused`: never stored, or never gathered.
   */
  readonly outcome: Outcome;
  /** Why it is not `kept`, naming the object to blame where it is one. */
  readonly reason?: string;
  /** The rule and the object that the reason speaks of. */
  readonly blame?: Omit<DroppedObject, "reason"> & { readonly entry?: number; readonly source: string };
  /** What the target shows of this snapshot: nothing unless the outcome is `kept`. */
  readonly counts: InventoryCounts;
  readonly dropped: readonly DroppedObject[];
  /** What is lost of objects that are kept: backends, ports, numbers. */
  readonly reduced: readonly DroppedObject[];
  /** Pods in the snapshot, kept or not. */
  readonly podsSent: number;
  /** What the target shows after a sync that failed: what an earlier snapshot left. */
  readonly held?: { readonly counts: InventoryCounts };
}

interface Named {
  readonly type: string;
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
}

export interface KeptNode extends Named {
  readonly address: string;
  readonly master: boolean;
  /** 0 where capacity.cpu is no whole number. */
  readonly cpus: number;
  /** 0 where capacity.memory has no suffix Ki. */
  readonly memoryKi: number;
}

export interface KeptWorkload extends Named {
  /** Made up from a pod or a ReplicaSet whose owner is not in the snapshot. */
  readonly invented: boolean;
}

export interface KeptReplicaSet extends Named {
  /** Uid of its workload. */
  readonly workload: string;
}

export interface KeptPod extends Named {
  /** Uid of the ReplicaSet between pod and workload. */
  readonly replicaSet?: string;
  /** Uid of its workload. */
  readonly workload: string;
  /** Uid of the node whose InternalIP is the pod's hostIP. */
  readonly node?: string;
  readonly address: string;
}

export interface KeptServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly nodePort: number;
  readonly targetPort: number;
}

export interface KeptService extends Named {
  /** Uids of the workloads that it selects. */
  readonly workloads: readonly string[];
  readonly ports: readonly KeptServicePort[];
  readonly clusterIp: string;
  /** Uid of the first Ingress that names it. */
  readonly ingress?: string;
}

export interface KeptIngressRule {
  readonly host: string;
  readonly backends: readonly { readonly path: string; readonly service: string; readonly port: number }[];
}

export interface KeptIngress extends Named {
  readonly rules: readonly KeptIngressRule[];
}

/** Every resource that a target gathers from a snapshot, linked by uid. */
export interface Resources {
  readonly nodes: readonly KeptNode[];
  readonly namespaces: readonly Named[];
  readonly configMaps: readonly Named[];
  readonly workloads: readonly KeptWorkload[];
  readonly replicaSets: readonly KeptReplicaSet[];
  readonly pods: readonly KeptPod[];
  readonly services: readonly KeptService[];
  readonly ingresses: readonly KeptIngress[];
}

/** A snapshot gone through by a target. */
export interface Gathered {
  readonly target: Target;
  readonly resources: Resources;
  readonly dropped: readonly DroppedObject[];
  readonly reduced: readonly DroppedObject[];
  /** Namespaces by name, as uploaded. */
  readonly namespaceObjects: ReadonlyMap<string, KubeObject>;
  /** Whether an object passed every check of its own, be it the second of a uid. */
  passed(object: KubeObject): boolean;
  /** Whether an object has uid, name and a known namespace. */
  placed(object: KubeObject): boolean;
  readonly byType: ReadonlyMap<string, readonly UploadedObject[]>;
}
