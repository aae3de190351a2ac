import type { PolicyRule, User } from "./authentication.ts";
import type { RequestInfo } from "./request-info.ts";
import { ApiError, detailsOf, qualified } from "./status.ts";

/** What a user wants to do to a resource. */
export interface ResourceAttributes {
  readonly verb: string;
  readonly group: string;
  readonly plural: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

const PUBLIC = ["/healthz", "/livez", "/readyz", "/version", "/version/"];
const DISCOVERY = ["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*", ...PUBLIC];

const PUBLIC_RULES: readonly PolicyRule[] = [{ verbs: ["get"], nonResourceURLs: PUBLIC }];
/** What every authenticated user may do (`system:discovery`, `system:basic-user`). */
const BASIC_RULES: readonly PolicyRule[] = [
  { verbs: ["get"], nonResourceURLs: DISCOVERY },
  {
    verbs: ["create"],
    apiGroups: ["authorization.k8s.io"],
    resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
  },
  { verbs: ["create"], apiGroups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"] },
];

/** All rules that hold for a user: its own and those of its groups. */
export function rulesOf(user: User): readonly PolicyRule[] {
  return user.groups.includes("system:authenticated") ? [...user.rules, ...BASIC_RULES] : [...user.rules, ...PUBLIC_RULES];
}

/** @throws ApiError 403 in the API server's words where no rule allows the request */
export function authorize(user: User, info: RequestInfo): void {
  if (info.isResource) {
    if (!allowsResource(user, info)) throw forbiddenResource(user, info);
  } else if (!allowsPath(user, info.verb, info.path)) {
    throw new ApiError(403, "Forbidden", `forbidden: User "${user.name}" cannot ${info.verb} path "${info.path}"`, {});
  }
}

/** Whether a rule of the user covers the request for a resource. */
export function allowsResource(user: User, request: ResourceAttributes): boolean {
  const { plural, subresource } = request;
  const names = subresource === undefined ? [plural, "*"] : [`${plural}/${subresource}`, `*/${subresource}`, "*"];
  return rulesOf(user).some(
    (rule) =>
      covers(rule.verbs, request.verb) &&
      covers(rule.apiGroups, request.group) &&
      (rule.resources ?? []).some((resource) => names.includes(resource)) &&
      ((rule.resourceNames ?? []).length === 0 || (rule.resourceNames ?? []).includes(request.name ?? "")),
  );
}

/** Whether a rule of the user covers a path that is no resource, such as `/version`. */
export function allowsPath(user: User, verb: string, path: string): boolean {
  return rulesOf(user).some(
    (rule) =>
      covers(rule.verbs, verb) &&
      (rule.nonResourceURLs ?? []).some((url) => url === path || (url.endsWith("*") && path.startsWith(url.slice(0, -1)))),
  );
}

function covers(allowed: readonly string[] | undefined, wanted: string): boolean {
  return allowed?.some((value) => value === "*" || value === wanted) ?? false;
}

function forbiddenResource(user: User, request: ResourceAttributes): ApiError {
  const subject = { group: request.group, plural: request.plural };
  const scope = request.namespace === undefined ? "at the cluster scope" : `in the namespace "${request.namespace}"`;
  const resource = request.subresource === undefined ? request.plural : `${request.plural}/${request.subresource}`;
  const name = request.name === undefined ? "" : ` "${request.name}"`;
  const what = `User "${user.name}" cannot ${request.verb} resource "${resource}" in API group "${request.group}" ${scope}`;
  return new ApiError(403, "Forbidden", `${qualified(subject)}${name} is forbidden: ${what}`, detailsOf(subject, request.name));
}
