import { Buffer } from "node:buffer";
import { badRequest } from "./status.ts";

/** Where the next page begins. Opaque to clients; the real server's form, so that nobody can tell. */
export interface ContinueToken {
  /** Revision of the first page; -1 for "whatever is latest", the token of an expired list. */
  readonly revision: number;
  /** First key that may be on the page, relative to the prefix of the list. */
  readonly start: string;
}

/** The token as clients hand it back: opaque to them. */
export function encodeContinue({ revision, start }: ContinueToken): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: revision, start })).toString("base64url");
}

/** @throws ApiError 400 for a token that this server never gave out */
export function decodeContinue(text: string): ContinueToken {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw invalidToken("illegal base64 data at input byte 0");
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw invalidToken("invalid character looking for beginning of value");
  }
  const { v, rv, start } = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  if (v !== "meta.k8s.io/v1") throw invalidToken(`server does not recognize this encoded version "${String(v)}"`);
  if (typeof rv !== "number" || rv === 0) throw invalidToken("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
  if (typeof start !== "string" || start === "") throw invalidToken("encoded start key empty (version meta.k8s.io/v1)");
  return { revision: rv, start };
}

function invalidToken(why: string): Error {
  return badRequest(`invalid continue token: continue key is not valid: ${why}`);
}
