import { Buffer } from "node:buffer";

/**
 * A kubeconfig file that needs nothing beside it: server, authority and bearer token inline (YAML, kubectl's layout).
 * @param url `https://127.0.0.1:PORT`
 */
export function kubeconfigFor(connection: { readonly url: string; readonly caPem: string; readonly token: string }): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: conformance
  cluster:
    server: ${connection.url}
    certificate-authority-data: ${Buffer.from(connection.caPem).toString("base64")}
users:
- name: pseudo-agent
  user:
    token: ${connection.token}
contexts:
- name: conformance
  context:
    cluster: conformance
    user: pseudo-agent
    namespace: default
current-context: conformance
preferences: {}
`;
}
