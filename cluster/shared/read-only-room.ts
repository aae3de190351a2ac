import { randomBytes } from "node:crypto";
import type { RemoteAccess } from "../remote/access.ts";
import type { RemoteAdmin } from "../remote/admin.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import { marksOf } from "./labels.ts";
import type { ScenarioRoom } from "./types.ts";

/**
 * A room in which nothing is made. With no identity of its own to be had, its agent reads by the credentials of the
 * kubeconfig, which it never gets to see: they are lent to its token by the proxy.
 *
 * @param why nothing is written, in a sentence without an end
 */
export function readOnlyRoom(admin: RemoteAdmin, access: RemoteAccess, run: string, why: string): ScenarioRoom {
  const refuse = () => Promise.reject(new ClusterUnavailableError(`nothing can be written to this cluster: ${why}`));
  return {
    get: (resource, ref) => admin.get(resource, ref),
    list: (resource, query) => admin.list(resource, query),
    resourceVersion: () => admin.resourceVersion(),
    create: refuse,
    update: refuse,
    patch: refuse,
    delete: refuse,
    namespace: "default",
    marks: marksOf(run),
    token: randomBytes(24).toString("base64url"),
    lent: () => access.credentials(),
    serviceAccount: "",
    filled: [],
    [Symbol.asyncDispose]: async () => {},
  };
}
