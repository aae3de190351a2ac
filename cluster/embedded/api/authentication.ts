import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { ApiError } from "./status.ts";

/** A rule of a ClusterRole (rbac.authorization.k8s.io/v1 PolicyRule). */
export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** Who asks. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
  readonly rules: readonly PolicyRule[];
  /** Whether what this user does is part of the record: the agent is, the harness is not. */
  readonly recorded: boolean;
}

/** A user and the bearer token that proves it. */
export interface Credential {
  readonly token: string;
  readonly user: User;
}

/** Those who show no credentials. */
const ANONYMOUS: User = { name: "system:anonymous", groups: ["system:unauthenticated"], rules: [], recorded: true };

/**
 * Finds out who asks. Without any credentials that is `system:anonymous`, as on every API server with the default flags;
 * RBAC then refuses all but health and version.
 * @throws ApiError 401 where credentials are shown that are not valid
 */
export function authenticate(authorization: string | undefined, credentials: readonly Credential[]): User {
  if (authorization === undefined || authorization.trim() === "") return ANONYMOUS;
  const token = /^bearer\s+(?<token>\S+)\s*$/i.exec(authorization)?.groups?.["token"];
  // Anything but a bearer token is not looked at, as where no other authenticator is configured.
  if (token === undefined) return ANONYMOUS;
  const found = credentials.find((credential) => equalTexts(credential.token, token));
  if (found === undefined) throw new ApiError(401, "Unauthorized", "Unauthorized");
  return found.user;
}

function equalTexts(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
