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

/** Handlers by method; each makes the handler of one package. What has none answers UNIMPLEMENTED. */
export type MethodHandlers<Note> = Readonly<Record<string, (service: ServiceName) => UnaryHandler<Note>>>;

/** Methods that a target serves, by package; a package that is absent is not there at all (protocol.md 1.5). */
export type ServedMethods = Readonly<Partial<Record<ServiceName, ReadonlySet<string>>>>;

/**
 * A handler for every method of both packages: ours where the target serves the method, else UNIMPLEMENTED in the
 * words of a Go server. Throws where a handler has no method in a definition: a typo would never be called.
 */
export function bindServices<Note>(
  served: ServedMethods,
  handlers: MethodHandlers<Note>,
  definitionOf = loadSynchronizer,
): BoundMethod<Note>[] {
  return SERVICE_NAMES.flatMap((service) => {
    const definition = definitionOf(service);
    const orphan = Object.keys(handlers).find((name) => !Object.hasOwn(definition, name));
    if (orphan !== undefined) throw new Error(`${servicePath(service)} has no method ${orphan}, for which there is a handler`);
    return Object.entries(definition).map(([name, method]) => ({
      path: method.path,
      handler: (served[service]?.has(name) && handlers[name]?.(service)) || refuse(served, service, name),
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

/** Up to v6.6.7 there is no agent.Synchronizer at all; trident.Synchronizer gains and loses methods (protocol.md 1.5). */
function refuse(served: ServedMethods, service: ServiceName, method: string): UnaryHandler {
  const methods = served[service];
  if (!methods) return throwing(`unknown service ${service}.Synchronizer`);
  if (methods.has(method)) return throwing(`method ${method} is not served by this mock`);
  return throwing(`unknown method ${method} for service ${service}.Synchronizer`);
}

function throwing(details: string): UnaryHandler {
  return () => {
    throw new StatusError(CODES.unimplemented, details);
  };
}
