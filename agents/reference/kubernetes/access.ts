import { readFileSync } from "node:fs";

/** Where the Kubernetes API server is, and by what right it is asked. */
export interface ClusterAccess {
  /** `https://10.0.0.1:443`, possibly with a path prefix, without a slash at the end. */
  readonly server: string;
  /** CA bundle, PEM, exactly the bytes given: GetKubernetesClusterID takes their MD5 (protocol.md 5.5). */
  readonly ca?: Buffer;
  readonly clientCertificate?: Buffer;
  readonly clientKey?: Buffer;
  /** Name to be verified in the server's certificate in place of the host. */
  readonly serverName?: string;
  readonly insecureSkipTlsVerify?: boolean;
  /** Called for each request, since a bound service account token changes while a pod lives. */
  readonly token?: () => string;
  /** User and password, `user:password`. */
  readonly basicAuth?: string;
}

/** The configuration cannot work, whatever happens later. The message says what to change. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/** Reads the token anew each time; while the file is being replaced, the last one read serves. */
export function tokenFromFile(path: string): () => string {
  let last = readConfiguredFile(path).toString("utf8").trim();
  return () => {
    try {
      last = readFileSync(path, "utf8").trim();
    } catch {
      // the last one stands
    }
    return last;
  };
}

/** Reads a file that the configuration names. */
export function readConfiguredFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ConfigurationError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
