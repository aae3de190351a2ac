import { named } from "./api-actor.ts";
import type { Placed } from "./world.ts";

/** The one ReplicaSet of the little cluster. */
export const set = named("web-7d4b9c6f5");

/** The same, wanting so many replicas. One that wants none may be left out of a snapshot. */
export function scaled(replicas: number): Placed {
  return { ...set, object: { ...set.object, spec: { ...(set.object["spec"] as object), replicas } } };
}

/** Chooses it in any form. */
export const isSet = ({ resource }: Placed) => resource === set.resource;
