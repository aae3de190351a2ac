import type { Feature } from "../requirements/index.ts";

/** A rule of a ClusterRole (rbac.authorization.k8s.io/v1 PolicyRule). */
export interface ClusterRoleRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** What an agent must be granted on one resource, and what for. */
export interface Permission {
  /** As kubectl names it: `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly verbs: readonly string[];
  /** Only for agents that declare this feature. */
  readonly feature?: Feature;
  /** Not for agents that declare this one, which upload something else in its place. */
  readonly unless?: Feature;
  /** `required`: without it the server keeps nothing, or loses pods and workloads; `optional`: it may be left out knowingly. */
  readonly need: "required" | "optional";
  /** What it is for, in a few words. */
  readonly why: string;
}

/** What rights are wanted for. */
export interface RightsChoice {
  /** Target id: `v7.1`, `document`. */
  readonly target: string;
  readonly profiles: readonly string[];
  readonly features: readonly string[];
}

/** The ClusterRole that an agent runs under, and where it is from. */
export interface GrantedRole {
  /** Name of the file that was handed in, or `minimal` for the harness's own. */
  readonly source: string;
  readonly rules: readonly ClusterRoleRule[];
}
