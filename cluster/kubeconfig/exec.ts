import { resolve } from "node:path";
import type { RemoteAccess, RemoteCredentials } from "../remote/access.ts";
import { output } from "../run-program.ts";
import { ClusterUnavailableError } from "../unavailable.ts";

/** A login asks a service of the cloud, mostly. */
const LOGIN_MS = 60_000;
/** Credentials are renewed so long before they expire. */
const MARGIN_MS = 60_000;

interface ExecCredential {
  readonly status?: {
    readonly token?: string;
    readonly clientCertificateData?: string;
    readonly clientKeyData?: string;
    readonly expirationTimestamp?: string;
  };
}

/**
 * Credentials by a login program (client.authentication.k8s.io ExecCredential), asked again when they expire.
 * @param exec the `exec` section of a kubeconfig's user
 * @param folder of the kubeconfig: a command with a slash is relative to it
 */
export function execCredentials(
  exec: Readonly<Record<string, unknown>>,
  folder: string,
  cluster: { readonly url: string; readonly caPem: string },
): RemoteAccess["credentials"] {
  const { command } = exec;
  if (typeof command !== "string" || command === "")
    throw new ClusterUnavailableError("the exec section of the kubeconfig's user names no command");
  if (exec["interactiveMode"] === "Always") {
    throw new ClusterUnavailableError(`${command} wants to ask somebody (interactiveMode: Always), and nobody is there`);
  }
  const program = command.includes("/") ? resolve(folder, command) : command;
  const info = JSON.stringify({
    kind: "ExecCredential",
    apiVersion: exec["apiVersion"],
    spec: {
      interactive: false,
      ...(exec["provideClusterInfo"] === true
        ? { cluster: { server: cluster.url, "certificate-authority-data": Buffer.from(cluster.caPem).toString("base64") } }
        : {}),
    },
  });
  const listed = (exec["env"] ?? []) as readonly { readonly name: string; readonly value: string }[];
  const env = { ...Object.fromEntries(listed.map(({ name, value }) => [name, value])), KUBERNETES_EXEC_INFO: info };
  const args = ((exec["args"] ?? []) as readonly unknown[]).map(String);
  const howToGet = typeof exec["installHint"] === "string" ? exec["installHint"] : "The kubeconfig logs in by it.";

  async function login(): Promise<{ readonly credentials: RemoteCredentials; readonly until: number }> {
    const text = await output(program, args, { budgetMs: LOGIN_MS, env, howToGet });
    const { status } = parseCredential(program, text);
    const { token, clientCertificateData: certPem, clientKeyData: keyPem, expirationTimestamp } = status ?? {};
    if (token === undefined && certPem === undefined) {
      throw new ClusterUnavailableError(`${program} gave neither a token nor a certificate`);
    }
    return {
      credentials: {
        ...(token === undefined ? {} : { token }),
        ...(certPem === undefined || keyPem === undefined ? {} : { certPem, keyPem }),
      },
      until: expirationTimestamp === undefined ? Infinity : Date.parse(expirationTimestamp) - MARGIN_MS,
    };
  }

  let pending: ReturnType<typeof login> | undefined;
  return async () => {
    const present = pending === undefined ? undefined : await pending;
    if (present === undefined || Date.now() >= present.until) {
      pending = login();
      pending.catch(() => (pending = undefined)); // the next request tries again
    }
    return (await (pending as ReturnType<typeof login>)).credentials;
  };
}

/** What the program wrote is not quoted: it may hold a secret. */
function parseCredential(program: string, text: string): ExecCredential {
  try {
    const credential: unknown = JSON.parse(text);
    if (typeof credential === "object" && credential !== null) return credential;
  } catch {
    // told below
  }
  throw new ClusterUnavailableError(`${program} wrote no ExecCredential as JSON`);
}
