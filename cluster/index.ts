export type * from "./events.ts";
export type { ApiFaultAction, ApiFaults, ApiFaultSpec, WatchEventType } from "./faults/types.ts";
export type {
  AgentConnection,
  AgentPlace,
  ClusterHand,
  ClusterProvider,
  ClusterRequest,
  ClusterSize,
  HandAnswer,
  HandRequest,
  HostAddress,
  InsideCluster,
  ScenarioCluster,
} from "./provider.ts";
export { hostAt } from "./host-at.ts";
export { LOOPBACK } from "./provider.ts";
export type { Cluster, ListQuery, ObjectRef } from "./port.ts";
export { embeddedProvider, type EmbeddedProviderOptions } from "./providers/embedded.ts";
export { envtestProvider, type EnvtestProviderOptions } from "./providers/envtest.ts";
export { ClusterUnavailableError } from "./unavailable.ts";
export { sharedProvider, type SharedProviderOptions } from "./providers/shared.ts";
export { startEmbeddedCluster, type EmbeddedCluster } from "./embedded/start.ts";
export { startEnvtestCluster, type EnvtestCluster } from "./envtest/start.ts";
export { startKindCluster, type KindCluster } from "./kind/start.ts";
export { RUN_LABEL } from "./shared/labels.ts";
export { openKubeconfigCluster, type KubeconfigCluster } from "./kubeconfig/open.ts";
export type { KubeconfigOptions } from "./kubeconfig/options.ts";
export type { KindOptions } from "./kind/options.ts";
export type { FilledObject, RoomRequest, ScenarioRoom, SharedCluster } from "./shared/types.ts";
export { startApiProxy } from "./proxy/start.ts";
export type { ApiProxy, ApiProxyOptions, SeenPage, Sightings, Upstream } from "./proxy/types.ts";
export type { SeenObject } from "./proxy/seen-object.ts";
export type { EnvtestOptions, EnvtestUser } from "./envtest/options.ts";
export type { EmbeddedClusterOptions, EmbeddedUser } from "./embedded/options.ts";
export type { FaultAction, FaultHook, FaultRequest } from "./embedded/faults.ts";
export type { PolicyRule } from "./embedded/api/authentication.ts";
export { ApiError, type Status } from "./embedded/api/status.ts";
export { generateCluster, type GeneratedObject, type GenerateOptions } from "./embedded/generator/index.ts";
export {
  findRelease,
  releases,
  resourceKey,
  resourcesOf,
  type KubeObject,
  type KubernetesRelease,
  type ResourceDefinition,
} from "./embedded/catalog/index.ts";
