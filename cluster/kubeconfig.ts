import { Buffer } from "node:buffer";

/** What a kubeconfig file tells. */
interface Connection {
  /** `https://127.0.0.1:PORT` */
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
  /** Name to be verified in the server's certificate in place of the host (`tls-server-name`). */
  readonly serverName?: string;
}

/** A kubeconfig file that needs nothing beside it: server, authority and bearer token inline (YAML, kubectl's layout). */
export function kubeconfigFor(connection: Connection): string {
  const { serverName } = connection;
  return `apiVersion: v1
kind: Config
clusters:
- name: conformance
  cluster:
    server: ${connection.url}
    certificate-authority-data: ${Buffer.from(connection.caPem).toString("base64")}${serverName === undefined ? "" : `\n    tls-server-name: ${serverName}`}
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
