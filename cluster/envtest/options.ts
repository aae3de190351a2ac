import type { PolicyRule } from "../embedded/api/authentication.ts";

/** A further user of an envtest cluster, beside the agent. */
export interface EnvtestUser {
  readonly name: string;
  /** Bearer token; without commas, quotes and line breaks. */
  readonly token: string;
  readonly groups?: readonly string[];
  /** Granted by a ClusterRole of the user's own; none grants nothing. */
  readonly rules: readonly PolicyRule[];
}

/** What control plane is wanted. */
export interface EnvtestOptions {
  /** Folder with `etcd` and `kube-apiserver`. Default: the environment's KUBEBUILDER_ASSETS. */
  readonly assets?: string;
  /** What the agent may do, as rules of a ClusterRole. Default: everything. */
  readonly rules?: readonly PolicyRule[];
  readonly users?: readonly EnvtestUser[];
  /** Folder that `keepData` of another one wrote: what that held is there from the start. Default: an empty store. */
  readonly data?: string;
  /** Further flags of kube-apiserver, such as `--feature-gates=WatchList=true`; they win over those given here. */
  readonly apiServerFlags?: readonly string[];
  /** Folder in which `etcd.log` and `kube-apiserver.log` are kept. Default: they end with the cluster; errors quote them. */
  readonly logFolder?: string;
  /** How long the start may take, in milliseconds. Default 60000. */
  readonly startBudgetMs?: number;
  /** Aborting gives up the start. */
  readonly signal?: AbortSignal;
}
