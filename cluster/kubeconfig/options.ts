/** Which cluster of the user's, and what may be done there. */
export interface KubeconfigOptions {
  /** Id of the run: stands in the label of all that is made. */
  readonly run: string;
  /** Name of a context. There is no default: nobody's cluster shall be touched by chance. */
  readonly context: string;
  /** Default: the environment's KUBECONFIG, else `~/.kube/config`. */
  readonly file?: string;
  /** Writes nothing, though these rights would do. */
  readonly readOnly?: boolean;
  /** By what address the cluster's pods reach this host; there is no finding it out. */
  readonly hostAddress?: string;
  /** Aborting gives up. */
  readonly signal?: AbortSignal;
}
