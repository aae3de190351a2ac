/** Metadata of a Kubernetes object, as far as the server reads it; other fields are carried along. */
export interface ObjectMeta {
  readonly name: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly finalizers?: readonly string[];
  readonly managedFields?: readonly unknown[];
}

/** A pointer from an object to the one that owns it, in the same namespace or cluster-scoped. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** Any Kubernetes object as JSON. Objects are never changed in place: a change is a new object. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** A part of a resource with a path of its own, such as `pods/status` or `deployments/scale`. */
export interface SubresourceDefinition {
  readonly name: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  /** Group and version of the body, where they are not those of the parent (`autoscaling/v1` Scale). */
  readonly group?: string;
  readonly version?: string;
  /** Versions of the parent under which it is served; all of them if absent. */
  readonly servedIn?: readonly string[];
}

/** A set of resources that a cluster has only if it was declared to have it. */
export type CatalogFeature = "openshift" | "openkruise" | "opengauss" | "calico" | "pingan" | "tke";

/** One resource of one Kubernetes version, as discovery shows it. */
export interface ResourceDefinition {
  /** API group; "" for core. */
  readonly group: string;
  /** Served versions, preferred first. */
  readonly versions: readonly string[];
  /** Version in whose form objects are stored and committed. With `storedAs`, a version of that resource. */
  readonly storageVersion: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** Kubernetes verbs in the order of discovery; a review has `create` only and is never stored. */
  readonly verbs: readonly string[];
  readonly subresources: readonly SubresourceDefinition[];
  /** Comes from a CustomResourceDefinition: no protobuf, Table columns Name and Age. */
  readonly custom: boolean;
  readonly feature?: CatalogFeature;
  /**
   * Key of the resource whose objects this one shows, where one store has two addresses:
   * `ingresses.extensions` shows `ingresses.networking.k8s.io`, `events.events.k8s.io` shows `events`.
   */
  readonly storedAs?: string;
}

/** What a release does that an agent can notice, beyond the resources it serves. */
interface ReleaseFeatures {
  /** `/api` and `/apis` answer `application/json;g=apidiscovery.k8s.io;v=…;as=APIGroupDiscoveryList` (1.27 and later). */
  readonly aggregatedDiscovery: boolean;
  /** Versions of aggregated discovery, newest first. */
  readonly aggregatedDiscoveryVersions: readonly string[];
  /**
   * `sendInitialEvents` is served by default. Neither release does so: 1.20 does not know the parameter and ignores it,
   * 1.30 refuses it with 422 unless the gate in `gates` is on.
   */
  readonly watchList: boolean;
  /** Lists without resourceVersion come from the watch cache. */
  readonly consistentListFromCache: boolean;
  /** Feature gates of the release that are off by default, which a cluster may have turned on. */
  readonly gates: readonly string[];
  /** Discovery names the singular of built-in resources (1.27 and later); "" before. */
  readonly singularNames: boolean;
  /** Service account tokens lie in Secrets made for each ServiceAccount (before 1.24). */
  readonly tokenSecrets: boolean;
}

/** One Kubernetes release that the embedded server can be. */
export interface KubernetesRelease {
  readonly id: "1.20" | "1.30";
  /** Body of `GET /version`: major, minor, gitVersion, gitCommit, gitTreeState, buildDate, goVersion, compiler, platform. */
  readonly versionInfo: Readonly<Record<string, string>>;
  readonly features: ReleaseFeatures;
}
