import type { Change, Pick as Choice, Recipe } from "../../scenarios/types.ts";
import { placeOf } from "../cast.ts";
import type { Stage } from "../stage.ts";
import type { WaitOutcome } from "../wait.ts";
import { DONE } from "./waits.ts";

/** Creates objects, in the order given. */
export async function createObjects({ cast, cluster }: Stage, objects: readonly Recipe[]): Promise<WaitOutcome> {
  for (const { as, resource, build } of objects) {
    cast.keep(as, { resource, object: await cluster.create(resource, build(cast.world)) });
  }
  return DONE;
}

/** Changes objects, in the order given. */
export async function changeObjects({ cast, cluster }: Stage, changes: readonly Change[]): Promise<WaitOutcome> {
  for (const { of, patch, shows = patch } of changes) {
    const { resource, object } = cast.member(of);
    const changed = await cluster.patch(resource, placeOf(object), patch(cast.world));
    cast.keep(of, { resource, object: changed }, shows(cast.world));
  }
  return DONE;
}

/** Deletes objects, in the order given. */
export async function deleteObjects({ cast, cluster }: Stage, objects: readonly Choice[]): Promise<WaitOutcome> {
  for (const { as, resource, choose } of objects) {
    if (resource !== undefined && choose !== undefined) cast.keep(as, { resource, object: choose(cast.world) });
    const member = cast.member(as);
    await cluster.delete(member.resource, placeOf(member.object));
  }
  return DONE;
}
