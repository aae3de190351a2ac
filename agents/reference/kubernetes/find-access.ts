import { homedir } from "node:os";
import { join } from "node:path";
import { readConfiguredFile, tokenFromFile, type ClusterAccess } from "./access.ts";
import { readKubeconfig } from "./kubeconfig.ts";

const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * Finds the access: the kubeconfig named, else the pod's service account, else `~/.kube/config`.
 *
 * @throws ConfigurationError where there is none, or the one there is cannot be used
 */
export function findClusterAccess(kubeconfig: string | undefined, env: NodeJS.ProcessEnv = process.env): ClusterAccess {
  if (kubeconfig !== undefined && kubeconfig !== "") return readKubeconfig(kubeconfig);
  const host = env["KUBERNETES_SERVICE_HOST"];
  if (host) return inClusterAccess(host, env["KUBERNETES_SERVICE_PORT"] ?? "443");
  return readKubeconfig(join(homedir(), ".kube", "config"));
}

/** Access by a pod's service account. */
export function inClusterAccess(host: string, port: string, folder = SERVICE_ACCOUNT): ClusterAccess {
  return {
    server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
    ca: readConfiguredFile(join(folder, "ca.crt")),
    token: tokenFromFile(join(folder, "token")),
  };
}
