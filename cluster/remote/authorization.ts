import { Buffer } from "node:buffer";
import type { RemoteCredentials } from "./access.ts";

/** The header that proves who asks; none where a client certificate does. */
export function authorization({ token, basic }: RemoteCredentials): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  return basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString("base64")}` };
}
