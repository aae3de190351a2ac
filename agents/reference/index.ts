export { startPseudoAgent, type PseudoAgent, type PseudoAgentOptions } from "./agent.ts";
export { defaultBehaviour, type AgentBehaviour, type Beat, type BeatContent } from "./behaviour.ts";
export type { StoredEntry } from "./collect/object-store.ts";
export type { WatchEvent } from "./collect/watch.ts";
export { ConfigurationError, type ClusterAccess } from "./kubernetes/access.ts";
export type { KubeObject, ObjectMeta } from "./kubernetes/objects.ts";
export type { ResourceRule } from "./kubernetes/resource-rules.ts";
export type { ApiResource } from "./kubernetes/resources.ts";
export { stderrLog, type Log, type LogLevel } from "./log.ts";
