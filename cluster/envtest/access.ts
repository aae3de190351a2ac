import { ApiError } from "../embedded/api/status.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import type { RemoteAdmin } from "../remote/admin.ts";
import type { EnvtestUser } from "./options.ts";

const RBAC = "rbac.authorization.k8s.io";

/**
 * The static token file of kube-apiserver: `token,user,uid,"groups"` a line.
 * @param adminToken of an administrator (system:masters), beside the users
 * @throws RangeError for a field that such a file cannot hold
 */
export function tokenFile(adminToken: string, users: readonly EnvtestUser[]): string {
  const admin = { token: adminToken, name: "kubernetes-admin", groups: ["system:masters"] };
  return [admin, ...users]
    .map(({ token, name, groups = [] }) => {
      for (const field of [token, name, ...groups]) {
        if (field === "" || /[",\n\r]/.test(field)) {
          throw new RangeError(
            `user ${JSON.stringify(name)}: tokens, names and groups are texts without commas, quotes, line breaks`,
          );
        }
      }
      return `${token},${name},${name},"${groups.join(",")}"\n`;
    })
    .join("");
}

/** Grants each user its rules, by a ClusterRole and a ClusterRoleBinding. */
export async function grantRules(admin: RemoteAdmin, users: readonly EnvtestUser[]): Promise<void> {
  for (const { name, rules } of users) {
    if (rules.length === 0) continue;
    const metadata = { name: `conformance:${name}` };
    const apiVersion = `${RBAC}/v1`;
    await put(admin, `clusterroles.${RBAC}`, { kind: "ClusterRole", apiVersion, metadata, rules });
    await put(admin, `clusterrolebindings.${RBAC}`, {
      kind: "ClusterRoleBinding",
      apiVersion,
      metadata,
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: metadata.name },
      subjects: [{ apiGroup: RBAC, kind: "User", name }],
    });
  }
}

/** A store that was filled before may hold it already. */
async function put(admin: RemoteAdmin, resource: string, object: KubeObject): Promise<void> {
  try {
    await admin.create(resource, object);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 409) throw error;
    await admin.update(resource, object);
  }
}
