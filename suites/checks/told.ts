import type { Moment, ObjectLife } from "../history/types.ts";
import type { Told } from "../oracle/index.ts";
import type { CheckContext } from "./check.ts";

/**
 * Whether the agent had been given an object before a moment: `, given to the agent by API request 7 (seq 431)`. Empty
 * where nothing tells what it was given.
 */
export function givenText(context: CheckContext, life: ObjectLife, before: Moment): string {
  const told = toldOf(context, life)?.findLast(({ seq }) => seq < before.seq);
  if (told === undefined) return isSeen(context, life) ? ", never given to the agent" : "";
  return `, ${told.version === undefined ? "told gone" : "given"} to the agent ${by(told)}`;
}

/** The same of a change to it: `, of which the agent was told by API request 7 (seq 560)`. */
export function heardText(context: CheckContext, life: ObjectLife, change: Moment): string {
  const told = toldOf(context, life)?.find(({ seq }) => seq >= change.seq);
  if (told === undefined) return isSeen(context, life) ? ", of which the agent was not told" : "";
  return `, of which the agent was told ${by(told)}`;
}

function isSeen({ oracle }: CheckContext, { resource }: ObjectLife): boolean {
  return !oracle.deliveryUnseen && oracle.delivered.has(resource);
}

function toldOf({ oracle }: CheckContext, { resource, uid }: ObjectLife): readonly Told[] | undefined {
  return oracle.deliveryUnseen ? undefined : oracle.delivered.get(resource)?.told.get(uid);
}

function by({ req, seq }: Told): string {
  return `by API request ${req} (seq ${seq})`;
}
