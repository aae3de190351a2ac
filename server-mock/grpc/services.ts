import { loadSynchronizer, SERVICE_NAMES, type ServiceName, servicePath } from "../../proto/index.ts";
import type { UnaryHandler } from "./adapter.ts";
import { CODES, StatusError } from "./status.ts";

/** A method as the server registers it. Handlers work on raw bytes, so that the record has what was on the wire. */
export interface BoundMethod<Note> {
  readonly path: string;
  readonly handler: UnaryHandler<Note>;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/** The methods that the mock can serve, by name, in either package. Everything else answers UNIMPLEMENTED. */
export type SyncHandlers<Note> = Readonly<
  Record<"KubernetesAPISync" | "GetKubernetesClusterID", (service: ServiceName) => UnaryHandler<Note>>
>;

/**
 * A handler for every method of both packages: ours where the target serves the package, else UNIMPLEMENTED in the
 * words of a Go server. Throws where a handler has no method in a definition: a typo would never be called.
 *
 * @param served packages on which the target serves KubernetesAPISync (protocol.md 0)
 */
export function bindServices<Note>(
  served: readonly ServiceName[],
  handlers: SyncHandlers<Note>,
  definitionOf = loadSynchronizer,
): BoundMethod<Note>[] {
  return SERVICE_NAMES.flatMap((service) => {
    const definition = definitionOf(service);
    const orphan = Object.keys(handlers).find((name) => !Object.hasOwn(definition, name));
    if (orphan !== undefined) throw new Error(`${servicePath(service)} has no method ${orphan}, for which there is a handler`);
    return Object.entries(definition).map(([name, method]) => ({
      path: method.path,
      handler: served.includes(service) && isServed(name, handlers) ? handlers[name](service) : refuse(served, service, name),
      requestStream: method.requestStream,
      responseStream: method.responseStream,
    }));
  });
}

/** UNIMPLEMENTED for a path that is in neither package. */
export function unknownPath(path: string): UnaryHandler {
  const [, service = "", method = ""] = /^\/(.*)\/([^/]*)$/.exec(path) ?? [];
  const known = SERVICE_NAMES.some((name) => servicePath(name) === `/${service}/`);
  return throwing(known ? `unknown method ${method} for service ${service}` : `unknown service ${service || path}`);
}

function isServed<Note>(name: string, handlers: SyncHandlers<Note>): name is keyof SyncHandlers<Note> {
  return Object.hasOwn(handlers, name);
}

/** Up to v6.6.7 there is no agent.Synchronizer at all; from v7.0.2 trident.Synchronizer stands without these methods. */
function refuse(served: readonly ServiceName[], service: ServiceName, method: string): UnaryHandler {
  if (served.includes(service)) return throwing(`method ${method} is not served by this mock`);
  if (service === "agent") return throwing("unknown service agent.Synchronizer");
  return throwing(`unknown method ${method} for service trident.Synchronizer`);
}

function throwing(details: string): UnaryHandler {
  return () => {
    throw new StatusError(CODES.unimplemented, details);
  };
}
