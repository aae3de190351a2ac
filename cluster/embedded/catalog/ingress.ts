import { isRecord, record, type JsonObject } from "./json.ts";
import type { KubeObject } from "./types.ts";

/** The v1beta1 form (networking.k8s.io and extensions alike) of a networking.k8s.io/v1 Ingress; apiVersion is the caller's. */
export function ingressToBeta(object: KubeObject): KubeObject {
  return reform(object, "defaultBackend", "backend", backendToBeta, (path) => path);
}

/** The networking.k8s.io/v1 form of a v1beta1 Ingress; apiVersion is the caller's. A path without a type gets the default. */
export function ingressFromBeta(object: KubeObject): KubeObject {
  return reform(object, "backend", "defaultBackend", backendFromBeta, (path) => ({
    ...path,
    pathType: path["pathType"] ?? "ImplementationSpecific",
  }));
}

type Reform = (value: JsonObject) => JsonObject;

function reform(object: KubeObject, from: string, to: string, backend: Reform, path: Reform): KubeObject {
  const { [from]: defaultBackend, rules, ...spec } = record(object["spec"]);
  return {
    ...object,
    spec: {
      ...spec,
      ...(isRecord(defaultBackend) ? { [to]: backend(defaultBackend) } : {}),
      ...(Array.isArray(rules) ? { rules: rules.map((rule: unknown) => reformRule(record(rule), backend, path)) } : {}),
    },
  };
}

function reformRule(rule: JsonObject, backend: Reform, path: Reform): JsonObject {
  const http = record(rule["http"]);
  const paths = http["paths"];
  if (!Array.isArray(paths)) return rule;
  const reformed = paths.map((item: unknown) => {
    const one = record(item);
    return path({ ...one, backend: backend(record(one["backend"])) });
  });
  return { ...rule, http: { ...http, paths: reformed } };
}

function backendToBeta(backend: JsonObject): JsonObject {
  const { service, ...rest } = backend;
  if (!isRecord(service)) return backend;
  const port = record(service["port"]);
  return { serviceName: service["name"], servicePort: port["name"] ?? port["number"], ...rest };
}

function backendFromBeta(backend: JsonObject): JsonObject {
  const { serviceName, servicePort, ...rest } = backend;
  if (serviceName === undefined) return backend;
  const port = typeof servicePort === "number" ? { number: servicePort } : { name: servicePort };
  return { service: { name: serviceName, port: servicePort === undefined ? {} : port }, ...rest };
}
