import { arrayAt, at, isObject, stringAt } from "../json.ts";
import type { Gathering, Identity } from "./gathering.ts";
import type { KeptIngress, KeptIngressRule, KeptService } from "./types.ts";

type Backend = KeptIngressRule["backends"][number];

/** What a backend names, in either form. */
interface Named {
  readonly service: string;
  readonly port: unknown;
}

const TYPES = ["*v1.Ingress", "*v1.Route", "*v1beta1.Ingress"];

/**
 * Ingresses and Routes of the one type that the sync reads, with the backends whose Service is kept. Puts the first
 * Ingress that names a Service into it. Source: protocol.md 4.2.
 */
export function gatherIngresses(gathering: Gathering, services: KeptService[]): KeptIngress[] {
  const uids = new Set<string>();
  const byName = new Map(services.map((service, index) => [`${service.namespace}/${service.name}`, index]));

  function backendOf(identity: Identity, path: string, named: Named | undefined): Backend | undefined {
    if (!named)
      return lost(identity, "ingress-backend-form", path, `the backend of path "${path}" has a form that it does not read`);
    const index = byName.get(`${identity.namespace}/${named.service}`);
    const service = index === undefined ? undefined : services[index];
    if (!service || index === undefined)
      return lost(
        identity,
        "ingress-backend-service",
        path,
        `the backend of path "${path}" names the Service ${named.service}, which is not kept`,
      );
    const port = portOf(service, named.port);
    if (port === undefined)
      return lost(
        identity,
        "ingress-backend-port",
        path,
        `the backend of path "${path}" names the port ${JSON.stringify(named.port) ?? "nothing"} of Service ${named.service}, of which only the last matched port's name is remembered (inferred)`,
      );
    if (service.ingress === undefined) services[index] = { ...service, ingress: identity.uid };
    return { path, service: service.uid, port };
  }

  function lost(identity: Identity, rule: string, path: string, problem: string): undefined {
    gathering.reduce(identity, rule, `backend ${path}`, `${problem}; the backend is lost`);
    return undefined;
  }

  function rulesOf(identity: Identity, object: unknown): readonly KeptIngressRule[] {
    if (isRoute(object)) {
      const backend = backendOf(identity, stringAt(object, "spec", "path"), routeBackend(object));
      return [{ host: stringAt(object, "spec", "host"), backends: backend ? [backend] : [] }];
    }
    const rules: KeptIngressRule[] = [];
    const v1 = gathering.target.ingressBackends === "v1-and-v1beta1";
    const fallback = at(object, "spec", "backend") ?? (v1 ? at(object, "spec", "defaultBackend") : undefined);
    if (isObject(fallback)) {
      const backend = backendOf(identity, "", namedBy(fallback, v1));
      if (!backend) {
        gathering.reduce(
          identity,
          "ingress-default-backend",
          "rules",
          "its default backend fails, so that its rules are skipped",
        );
        return rules;
      }
      rules.push({ host: "", backends: [backend] });
    }
    for (const rule of arrayAt(object, "spec", "rules")) {
      const backends = arrayAt(rule, "http", "paths").flatMap((path): readonly Backend[] => {
        const backend = backendOf(identity, stringAt(path, "path"), namedBy(at(path, "backend"), v1));
        return backend ? [backend] : [];
      });
      rules.push({ host: stringAt(rule, "host"), backends });
    }
    return rules;
  }

  return gathering.of(...TYPES).flatMap((uploaded): readonly KeptIngress[] => {
    const identity = gathering.place(uploaded);
    if (!identity || !gathering.keep(uploaded, uids)) return [];
    return [{ ...identity, rules: rulesOf(identity, uploaded.object) }];
  });
}

function isRoute(object: unknown): boolean {
  return isObject(at(object, "spec", "to"));
}

function routeBackend(route: unknown): Named {
  const port = at(route, "spec", "port", "targetPort") ?? at(route, "spec", "targetPort") ?? 0;
  return { service: stringAt(route, "spec", "to", "name"), port };
}

function namedBy(backend: unknown, v1: boolean): Named | undefined {
  const serviceName = stringAt(backend, "serviceName");
  if (serviceName !== "") return { service: serviceName, port: at(backend, "servicePort") };
  const service = stringAt(backend, "service", "name");
  if (service === "" || !v1) return undefined;
  const name = stringAt(backend, "service", "port", "name");
  return { service, port: name === "" ? at(backend, "service", "port", "number") : name };
}

/** A number stands for itself; a name is known only of the last port that was matched. */
function portOf(service: KeptService, port: unknown): number | undefined {
  if (typeof port === "number") return port;
  const last = service.ports.at(-1);
  return typeof port === "string" && last?.name === port ? last.port : undefined;
}
