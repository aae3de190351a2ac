import { arrayAt, at, isObject, stringAt } from "../json.ts";

/** A value that goes into a view: flat by construction, so that hostile nesting never gets into one. */
export type Flat = string | number | boolean | null;

/** A scalar as it is; null for what is absent; the JSON type's name, in angle brackets, for what is no scalar. */
export function flat(value: unknown): Flat {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return Array.isArray(value) ? "<array>" : "<object>";
}

/**
 * JSON text of a map of scalars with sorted keys; absent, null and empty are one. Written key by key, so that
 * `__proto__` is a key like any other.
 */
export function sortedMap(value: unknown): string {
  if (!isObject(value)) return "{}";
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(flat(value[key]))}`);
  return `{${members.join(",")}}`;
}

/** The address of the first status.addresses element of type InternalIP; empty where there is none (protocol.md 4.2). */
export function internalIpOf(node: unknown): string {
  const address = arrayAt(node, "status", "addresses").find((candidate) => at(candidate, "type") === "InternalIP");
  return stringAt(address, "address");
}

/** A node's pod range, as the server looks for it: `podCidr`, else `podCIDR` (protocol.md 4.2). */
export function podCidrOf(node: unknown): string {
  return stringAt(node, "spec", "podCidr") || stringAt(node, "spec", "podCIDR");
}

/** Status of the condition that has `value` under `key`; null where there is none. */
export function conditionStatus(object: unknown, key: "type" | "reason", value: string): Flat {
  return flat(
    at(
      arrayAt(object, "status", "conditions").find((condition) => at(condition, key) === value),
      "status",
    ),
  );
}

/** A pod's container ids without their scheme, sorted; containers that have none yet are left out. */
export function containerIdsOf(pod: unknown): readonly string[] {
  return arrayAt(pod, "status", "containerStatuses")
    .map((status) => stringAt(status, "containerID").replace(/^.*:\/\//, ""))
    .filter((id) => id !== "")
    .sort();
}

/** The ports of a Service, in their order, with the API's defaults filled in, also where a typed client writes them as zero. */
export function servicePorts(service: unknown): readonly (readonly Flat[])[] {
  return arrayAt(service, "spec", "ports").map((port) => [
    flat(at(port, "name") ?? ""),
    flat(at(port, "port")),
    flat(at(port, "protocol") || "TCP"),
    flat(at(port, "nodePort") ?? 0),
    flat(at(port, "targetPort") || at(port, "port")),
  ]);
}

/** The rules of an Ingress, one row a path: host, path, service, port; the same for the v1 and the v1beta1 form. */
export function ingressRules(ingress: unknown): readonly (readonly Flat[])[] {
  return arrayAt(ingress, "spec", "rules").flatMap((rule) => {
    const host = flat(at(rule, "host") ?? "");
    const paths = arrayAt(rule, "http", "paths").map((path) => [
      host,
      flat(at(path, "path") ?? ""),
      flat(at(path, "backend", "service", "name") || at(path, "backend", "serviceName")),
      flat(
        at(path, "backend", "service", "port", "name") ||
          at(path, "backend", "service", "port", "number") ||
          at(path, "backend", "servicePort"),
      ),
    ]);
    return paths.length > 0 ? paths : [[host]];
  });
}
