import { ApiError } from "../embedded/api/status.ts";
import type { AdminClient } from "../remote/client.ts";

/** A right as SelfSubjectAccessReview asks for it (`resourceAttributes`). */
interface Right {
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
}

const RBAC = "rbac.authorization.k8s.io";

/** What the harness must be allowed to do before it writes anything; the rest is then granted alike. */
const NEEDED: readonly Right[] = [
  { verb: "create", resource: "namespaces" },
  { verb: "delete", resource: "namespaces" },
  { verb: "create", resource: "pods" },
  { verb: "create", group: RBAC, resource: "clusterroles" },
  { verb: "create", group: RBAC, resource: "clusterrolebindings" },
];

/** Why nothing is written with these rights, in a sentence without an end; undefined where they do. */
export async function missingRights(client: AdminClient, signal?: AbortSignal): Promise<string | undefined> {
  const reviewed = NEEDED.map(async (right) => ((await isAllowed(client, right, signal)) ? undefined : right));
  const missing = (await Promise.all(reviewed)).filter((right) => right !== undefined);
  if (missing.length === 0) return undefined;
  const named = missing.map(({ verb, group, resource }) => `${verb} ${group === undefined ? resource : `${resource}.${group}`}`);
  return `these credentials may not ${named.join(", ")}`;
}

async function isAllowed(client: AdminClient, right: Right, signal?: AbortSignal): Promise<boolean> {
  const body = {
    kind: "SelfSubjectAccessReview",
    apiVersion: "authorization.k8s.io/v1",
    spec: { resourceAttributes: right },
  };
  try {
    const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    const review = (await client.call(path, { method: "POST", body }, signal)) as {
      readonly status?: { readonly allowed?: boolean };
    };
    return review.status?.allowed === true;
  } catch (error) {
    // Who may not even ask is allowed nothing.
    if (error instanceof ApiError && error.code === 403) return false;
    throw error;
  }
}
