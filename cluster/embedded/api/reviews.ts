import { randomUUID } from "node:crypto";
import { allowsPath, allowsResource, rulesOf } from "./authorization.ts";
import type { User } from "./authentication.ts";
import { invalid } from "./status.ts";
import type { Target } from "./target.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Reviews that users ask about themselves, by plural. */
const REVIEWS: Readonly<Record<string, (user: User, spec: Fields) => Fields>> = {
  selfsubjectaccessreviews: reviewAccess,
  selfsubjectrulesreviews: reviewRules,
  selfsubjectreviews: (user) => ({ userInfo: { username: user.name, uid: randomUUID(), groups: user.groups } }),
};

/**
 * Answers a self review: the body as it came, with its status.
 * @returns undefined where the resource is none
 * @throws ApiError 422 where an access review does not name one of a resource and a path
 */
export function reviewSelf(user: User, target: Target, body: Fields): Fields | undefined {
  const { plural, kind } = target.definition;
  const review = Object.hasOwn(REVIEWS, plural) ? REVIEWS[plural] : undefined;
  if (review === undefined) return undefined;
  const spec = fields(body["spec"]);
  const metadata = { creationTimestamp: null, ...fields(body["metadata"]) };
  const shown = plural === "selfsubjectaccessreviews" ? spec : {};
  return { kind, apiVersion: target.apiVersion, metadata, spec: shown, status: review(user, spec) };
}

function reviewAccess(user: User, spec: Fields): Fields {
  const resource = spec["resourceAttributes"];
  const path = spec["nonResourceAttributes"];
  if ((resource === undefined) === (path === undefined)) {
    const message = 'Invalid value: "null": exactly one of nonResourceAttributes or resourceAttributes must be specified';
    throw invalid("", "authorization.k8s.io", "", [{ reason: "FieldValueInvalid", field: "spec.resourceAttributes", message }]);
  }
  const allowed =
    resource === undefined
      ? allowsPath(user, text(fields(path)["verb"]), text(fields(path)["path"]))
      : allows(user, fields(resource));
  // Members of system:masters are let in before RBAC is asked, so no rule is named.
  return allowed && !user.groups.includes("system:masters") ? { allowed, reason: "RBAC: allowed by rules" } : { allowed };
}

function allows(user: User, attributes: Fields): boolean {
  const [subresource, namespace, name] = [
    text(attributes["subresource"]),
    text(attributes["namespace"]),
    text(attributes["name"]),
  ];
  return allowsResource(user, {
    verb: text(attributes["verb"]),
    group: text(attributes["group"]),
    plural: text(attributes["resource"]),
    ...(subresource === "" ? {} : { subresource }),
    ...(namespace === "" ? {} : { namespace }),
    ...(name === "" ? {} : { name }),
  });
}

function reviewRules(user: User): Fields {
  const rules = rulesOf(user);
  return {
    resourceRules: rules
      .filter((rule) => (rule.resources ?? []).length > 0)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups: apiGroups ?? [],
        resources,
        ...(resourceNames === undefined ? {} : { resourceNames }),
      })),
    nonResourceRules: rules
      .filter((rule) => (rule.nonResourceURLs ?? []).length > 0)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
  };
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
