import type { KubeObject } from "./embedded/catalog/index.ts";

/** Which object: `namespace` is absent for cluster-scoped ones. */
export interface ObjectRef {
  readonly namespace?: string;
  readonly name: string;
}

/** Which objects of a resource. */
export interface ListQuery {
  readonly namespace?: string;
  /** As in `kubectl get -l`. */
  readonly labelSelector?: string;
}

/**
 * A Kubernetes API server that agents watch, and the power to change what is in it.
 * Resources are named by key, as kubectl names them: `pods`, `deployments.apps`. Objects go in and come out in the
 * resource's storage version. What is done here is done with an administrator's rights and does not count as a request
 * of the agent, but every change is a commit. Writing refuses as the API server does: the error's `status` is its Status.
 */
export interface Cluster extends AsyncDisposable {
  readonly kind: "embedded" | "envtest" | "kind" | "kubeconfig";
  /** `gitVersion` of the API server, such as `v1.30.4`. */
  readonly version: string;
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Certificate of the authority that signed the server's. */
  readonly caPem: string;
  /** The agent's kubeconfig: one self-contained file. */
  kubeconfig(): string;
  get(resource: string, ref: ObjectRef): Promise<KubeObject | undefined>;
  list(resource: string, query?: ListQuery): Promise<readonly KubeObject[]>;
  /** `metadata.namespace` says where. A status, a uid or a creationTimestamp that is given is kept where the server is ours. */
  create(resource: string, object: KubeObject): Promise<KubeObject>;
  /** Replaces the whole object, its status included. A resourceVersion, if given, must be the present one. */
  update(resource: string, object: KubeObject): Promise<KubeObject>;
  /** Applies a JSON merge patch (RFC 7396) to the whole object, its status included. */
  patch(resource: string, ref: ObjectRef, patch: Readonly<Record<string, unknown>>): Promise<KubeObject>;
  /** Deletes at once, without a grace period. */
  delete(resource: string, ref: ObjectRef): Promise<void>;
  /** The present revision of the whole store. */
  resourceVersion(): Promise<string>;
}
