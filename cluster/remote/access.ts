/** Where a cluster's API server is, and by what right the harness asks it. */
export interface RemoteAccess {
  /** `https://HOST:PORT`, possibly with a path, without a slash at the end. */
  readonly url: string;
  /** Certificates of the authorities that may have signed the server's, PEM. */
  readonly caPem: string;
  /** Name to be verified in the server's certificate in place of the host. */
  readonly serverName?: string;
  /** Asked for every request, since tokens are renewed while a run lasts. */
  credentials(): Promise<RemoteCredentials>;
}

/** What proves who asks: any of them, or several. */
export interface RemoteCredentials {
  readonly token?: string;
  /** User and password, `user:password`. */
  readonly basic?: string;
  /** Client certificate with its chain, PEM; goes with `keyPem`. */
  readonly certPem?: string;
  readonly keyPem?: string;
}

/** Access by a bearer token that stays the same. */
export function tokenAccess(url: string, caPem: string, token: string): RemoteAccess {
  return { url, caPem, credentials: async () => ({ token }) };
}
