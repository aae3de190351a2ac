import type { KubeObject, KubernetesRelease } from "../catalog/index.ts";

/** What cluster is wanted. Equal options give deep-equal objects. */
export interface GenerateOptions {
  /** Any integer; its lower 32 bits count. */
  readonly seed: number;
  /** Pods in all, 560 by default. What a cluster must have (static pods, DaemonSets, …) is there even if it is more. */
  readonly pods?: number;
  /** Nodes, 1 or more; by default 6, and one for each hundred pods in larger clusters. */
  readonly nodes?: number;
  /** Declared features; each adds its custom resources and their pods. Features without resources are of no effect. */
  readonly features?: readonly string[];
  /** Release that the objects fit, 1.30 by default: kubelet versions, node labels, stored versions. */
  readonly release?: KubernetesRelease["id"];
}

/** One object of the cluster, frozen to its depth, in its storage version and without a resourceVersion. */
export interface GeneratedObject {
  /** Key as kubectl names it: `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly object: KubeObject;
}
