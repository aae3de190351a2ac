import { hashOfRequirements } from "./canonical.ts";
import { connectionRequirements } from "./connection.ts";
import { encodingRequirements } from "./encoding.ts";
import { envelopeRequirements } from "./envelope.ts";
import { lifeRequirements } from "./life.ts";
import { objectRequirements } from "./object.ts";
import { snapshotRequirements } from "./snapshot.ts";
import { specialRequirements } from "./special.ts";
import type { Requirement } from "./types.ts";
import { versionRequirements } from "./version.ts";
import { watchRequirements } from "./watch.ts";

/** Names the state of this registry. Part of every plan and every result; a change of meaning is a new set. */
export const requirementSet = "2026.1";

/** Every requirement, judged or not, by area. The order is that of plans and results. */
export const requirements: readonly Requirement[] = [
  ...connectionRequirements,
  ...envelopeRequirements,
  ...versionRequirements,
  ...snapshotRequirements,
  ...encodingRequirements,
  ...objectRequirements,
  ...lifeRequirements,
  ...watchRequirements,
  ...specialRequirements,
];

/** SHA-256 of the requirements as they stand here; that of a set that was released is in `frozen-sets.ts`. */
export const requirementSetSha256 = hashOfRequirements(requirements);

const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]));

/** The requirement of that id; undefined where there is none. */
export function findRequirement(id: string): Requirement | undefined {
  return byId.get(id);
}
