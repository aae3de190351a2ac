import { badRequest, invalid } from "../api/status.ts";
import type { Target } from "../api/target.ts";
import type { KubeObject } from "../catalog/index.ts";
import { isFields, type Fields } from "./json.ts";

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** Kinds whose names are path segments: anything that is no path. */
const PATH_NAMES = new Set(["rbac.authorization.k8s.io"]);

/**
 * A body as an object of the target's kind: type filled in where it is missing, namespace from the path.
 * @throws ApiError 400 where it is of another type or for another place
 */
export function objectOf(target: Target, body: unknown): KubeObject {
  const { definition, apiVersion, namespace } = target;
  if (!isFields(body)) {
    const what = "couldn't get version/kind; json parse error: json: cannot unmarshal what is no object";
    throw badRequest(`the object provided is unrecognized (must be of type ${definition.kind}): ${what}`);
  }
  const [kind = definition.kind, given = apiVersion] = [body["kind"], body["apiVersion"]];
  if (kind !== definition.kind || given !== apiVersion) {
    const why =
      given === apiVersion ? "unknown conversion" : `no kind "${String(kind)}" is registered for version "${String(given)}"`;
    throw badRequest(`${String(kind)} in version "${String(given)}" cannot be handled as a ${definition.kind}: ${why}`);
  }
  const metadata: Fields = isFields(body["metadata"]) ? body["metadata"] : {};
  const placedIn = metadata["namespace"] ?? "";
  if (placedIn !== "" && placedIn !== (namespace ?? "")) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
  const placed = namespace === undefined ? metadata : { ...metadata, namespace };
  return { ...body, kind: definition.kind, apiVersion, metadata: { name: "", ...placed } };
}

/** @throws ApiError 422 for a name that the kind cannot have */
export function checkName(target: Target, name: string): void {
  const { definition } = target;
  if (name === "") {
    throw invalid(definition.kind, definition.group, "", [
      { reason: "FieldValueRequired", field: "metadata.name", message: "Required value: name or generateName is required" },
    ]);
  }
  const valid = PATH_NAMES.has(definition.group) ? !/[/%]/.test(name) && name !== "." && name !== ".." : SUBDOMAIN.test(name);
  if (valid && name.length <= 253) return;
  const message =
    `Invalid value: "${name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ` +
    "and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  throw invalid(definition.kind, definition.group, name, [{ reason: "FieldValueInvalid", field: "metadata.name", message }]);
}
