import { mayBeOmitted } from "../../server-mock/contract/index.ts";
import type { ObjectLife } from "../history/types.ts";
import type { Oracle, Upload } from "../oracle/index.ts";

/**
 * Whether an upload is right without an object that exists: in some form that the agent may have taken for the latest, from
 * the start of the kind's collection to the arrival of the upload, it may be left out.
 */
export function mayLack(oracle: Oracle, { resource, forms }: ObjectLife, { call }: Upload): boolean {
  return forms.some(({ object, ...moment }, index) => {
    if (object === undefined || !mayBeOmitted(resource, object) || !oracle.mayHaveKnown(moment, call)) return false;
    const replaced = forms[index + 1]?.t ?? Infinity;
    return replaced >= oracle.collectionStart(resource, call);
  });
}

/** When an object need not show any more as it was in a form, milliseconds: it is deleted, or may be left out in a later form. */
export function overtakenAt({ resource, forms, deleted }: ObjectLife, form: number): number {
  const omissible = forms.find(({ object }, index) => index > form && object !== undefined && mayBeOmitted(resource, object));
  return Math.min(omissible?.t ?? Infinity, deleted?.t ?? Infinity);
}
