/** What kind cluster is wanted. */
export interface KindOptions {
  /** Id of the run: stands in the cluster's name and in the labels of what is made. */
  readonly run: string;
  /** Nodes: one control plane, all others workers. Default 1. Not beside a `config` that lists nodes. */
  readonly nodes?: number;
  /** Image of the nodes, which decides the Kubernetes version. Default: the environment's KIND_NODE_IMAGE, else kind's own. */
  readonly nodeImage?: string;
  /** Text of a kind configuration file, used as it is where it lists nodes. */
  readonly config?: string;
  /** Takes a cluster of ours that is up and that nobody uses; makes one where there is none. */
  readonly reuse?: boolean;
  /** Leaves the cluster up at the end, for a later run with `reuse`. */
  readonly keep?: boolean;
  /** Features of which it shall serve the kinds, too: they are defined, and nobody acts on them. */
  readonly features?: readonly string[];
  /** Images of this host's Docker engine that the nodes shall have. */
  readonly images?: readonly string[];
  /** By what address containers and pods reach this host. Default: found out. */
  readonly hostAddress?: string;
  /** How long the cluster may take to be up, in milliseconds. Default 300000. */
  readonly startBudgetMs?: number;
  /** Aborting gives up the start; what was begun is deleted. */
  readonly signal?: AbortSignal;
  /** Folder for the logs of a cluster that does not come up. Default: they go with it. */
  readonly logs?: string;
  /** Told what takes time. */
  readonly onProgress?: (text: string) => void;
}
