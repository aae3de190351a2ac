import { join } from "node:path";
import { loadSync, type MessageTypeDefinition, type ServiceDefinition } from "@grpc/proto-loader";
import { LOADER_OPTIONS } from "./options.ts";

/** The two wire packages; each has a service named `Synchronizer` (protocol.md 0). */
export type ServiceName = "trident" | "agent";

/** Both, in the order in which they came to be. */
export const SERVICE_NAMES: readonly ServiceName[] = ["trident", "agent"];

const loaded = new Map<ServiceName, ServiceDefinition>();

/** Path prefix of the service's methods: `/agent.Synchronizer/`. */
export function servicePath(service: ServiceName): string {
  return `/${service}.Synchronizer/`;
}

/** The service's definition with every RPC of protocol.md 1.5, read from the .proto file once a process. */
export function loadSynchronizer(service: ServiceName): ServiceDefinition {
  const known = loaded.get(service);
  if (known) return known;
  const definition = loadFile(service)[`${service}.Synchronizer`] as ServiceDefinition;
  loaded.set(service, definition);
  return definition;
}

/** The codec of one message of the service's package, `KubernetesAPISyncRequest` for example. */
export function loadMessage(service: ServiceName, message: string): MessageTypeDefinition<object, object> {
  const definition = loadFile(service)[`${service}.${message}`];
  if (!definition || !("serialize" in definition)) throw new Error(`proto/${service}.proto has no message ${message}`);
  return definition as MessageTypeDefinition<object, object>;
}

function loadFile(service: ServiceName) {
  return loadSync(join(import.meta.dirname, `${service}.proto`), { ...LOADER_OPTIONS, includeDirs: [import.meta.dirname] });
}
