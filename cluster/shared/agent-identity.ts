import type { PolicyRule } from "../embedded/api/authentication.ts";
import { ApiError } from "../embedded/api/status.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import type { RemoteAdmin } from "../remote/admin.ts";
import { awaitObjects } from "../remote/await-objects.ts";
import type { AdminClient } from "../remote/client.ts";
import { labelled, nameFor } from "./labels.ts";
import type { Scope } from "./scope.ts";

/** Whose identity it is, and what it may do. */
export interface IdentityRequest {
  readonly client: AdminClient;
  readonly admin: RemoteAdmin;
  readonly run: string;
  readonly namespace: string;
  readonly tenant: string;
  readonly rules: readonly PolicyRule[];
  /** What is made is undone with it. */
  readonly scope: Scope;
  readonly signal?: AbortSignal;
}

const RBAC = "rbac.authorization.k8s.io";
/** Longer than a run; a server that allows less gives less, and says so in the token. */
const TOKEN_SECONDS = 24 * 3600;
const SECRET_MS = 15_000;

/** A ServiceAccount in the run's namespace, bound to a ClusterRole with the rules, and a token of it. */
export async function makeAgentIdentity(request: IdentityRequest): Promise<{ readonly name: string; readonly token: string }> {
  const { admin, run, namespace, rules, scope } = request;
  const name = `agent-${nameFor(request.tenant)}`;
  // Cluster-scoped names are shared with other runs on the same cluster.
  const wide = `${namespace}-${name}`;
  const make = async (resource: string, object: KubeObject) => {
    scope.defer(() => admin.delete(resource, refOf(object)).catch(unlessNotFound));
    await admin.create(resource, labelled(object, run));
  };
  await make("serviceaccounts", { kind: "ServiceAccount", apiVersion: "v1", metadata: { name, namespace } });
  const rbac = { apiVersion: `${RBAC}/v1`, metadata: { name: wide } };
  await make(`clusterroles.${RBAC}`, { kind: "ClusterRole", ...rbac, rules });
  await make(`clusterrolebindings.${RBAC}`, {
    kind: "ClusterRoleBinding",
    ...rbac,
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: wide },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  });
  return { name, token: await tokenOf(request, name) };
}

async function tokenOf({ client, admin, run, namespace, scope, signal }: IdentityRequest, account: string): Promise<string> {
  const spec = { expirationSeconds: TOKEN_SECONDS, audiences: [] };
  const body = { kind: "TokenRequest", apiVersion: "authentication.k8s.io/v1", spec };
  try {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
    const answer = (await client.call(path, { method: "POST", body }, signal)) as { readonly status: { readonly token: string } };
    return answer.status.token;
  } catch (error) {
    // API servers before 1.20 serve it only where they were given a key to sign with.
    if (!(error instanceof ApiError && (error.code === 404 || error.code === 405))) throw error;
  }
  const name = `${account}-token`;
  const annotations = { "kubernetes.io/service-account.name": account };
  const type = "kubernetes.io/service-account-token";
  const secret = { kind: "Secret", apiVersion: "v1", type, metadata: { name, namespace, annotations } };
  scope.defer(() => admin.delete("secrets", { name, namespace }).catch(unlessNotFound));
  await admin.create("secrets", labelled(secret, run));
  const path = `/api/v1/namespaces/${namespace}/secrets?fieldSelector=metadata.name%3D${name}`;
  const tokenIn = (found: ReadonlyMap<string, KubeObject>) =>
    [...found.values()].map((object) => (object["data"] as Readonly<Record<string, string>> | undefined)?.["token"])[0];
  const found = await awaitObjects(client, path, (secrets) => tokenIn(secrets) !== undefined, {
    budgetMs: SECRET_MS,
    what: `the Secret ${namespace}/${name} has no token`,
    ...(signal === undefined ? {} : { signal }),
  });
  return Buffer.from(tokenIn(found) ?? "", "base64").toString("utf8");
}

function refOf({ metadata: { name, namespace } }: KubeObject): { readonly name: string; readonly namespace?: string } {
  return { name, ...(namespace === undefined ? {} : { namespace }) };
}

/** For removing what may be gone. */
export function unlessNotFound(error: unknown): void {
  if (!(error instanceof ApiError && error.code === 404)) throw error;
}
