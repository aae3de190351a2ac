/**
 * A cluster cannot be had on this machine, or with these rights: a program that is missing, an engine that does not answer,
 * a context that is not there. The message says what, and how to mend it. It tells of the environment, not of the harness.
 */
export class ClusterUnavailableError extends Error {
  override readonly name = "ClusterUnavailableError";
  readonly code = "cluster-unavailable";
}
