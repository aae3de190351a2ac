import { join } from "node:path";
import { loadSync, type MessageTypeDefinition, type ServiceDefinition } from "@grpc/proto-loader";
import { LOADER_OPTIONS } from "./options.ts";

/** The two wire packages; each has a service named `Synchronizer` (protocol.md 0). */
export type ServiceName = "trident" | "agent";

/** Both, in the order in which they came to be. */
export const SERVICE_NAMES: readonly ServiceName[] = ["trident", "agent"];

/** Each file is parsed once a process. */
const loaded = new Map<ServiceName, ReturnType<typeof loadSync>>();

/** Path prefix of the service's methods: `/agent.Synchronizer/`. */
export function servicePath(service: ServiceName): string {
  return `/${service}.Synchronizer/`;
}

/** The service's definition with every RPC of protocol.md 1.5. */
export function loadSynchronizer(service: ServiceName): ServiceDefinition {
  return loadFile(service)[`${service}.Synchronizer`] as ServiceDefinition;
}

/** The codec of one message of the service's package, `KubernetesAPISyncRequest` for example. */
export function loadMessage(service: ServiceName, message: string): MessageTypeDefinition<object, object> {
  const definition = loadFile(service)[`${service}.${message}`];
  if (!definition || !("serialize" in definition)) throw new Error(`proto/${service}.proto has no message ${message}`);
  return definition as MessageTypeDefinition<object, object>;
}

function loadFile(service: ServiceName) {
  const folder = import.meta.dirname;
  const known = loaded.get(service) ?? loadSync(join(folder, `${service}.proto`), { ...LOADER_OPTIONS, includeDirs: [folder] });
  loaded.set(service, known);
  return known;
}
