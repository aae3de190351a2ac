import type { Cursor } from "../documents/cursor.ts";
import type { ResourceEntry } from "../types.ts";

/** An entry of a resource list with its place. */
export interface PlacedEntry {
  readonly entry: ResourceEntry;
  readonly at: Cursor;
}

/** The entries of a list that have a name; others are the list rule's concern. */
export function entriesIn(list: Cursor): PlacedEntry[] {
  return list.items().flatMap((at) => {
    const name = text(at, "name");
    if (name === undefined) return [];
    const group = text(at, "group");
    const version = text(at, "version");
    const entry = {
      name,
      ...(group === undefined ? {} : { group }),
      ...(version === undefined ? {} : { version }),
      ...(at.get("disabled").value === true ? { disabled: true } : {}),
    };
    return [{ entry, at }];
  });
}

function text(at: Cursor, key: string): string | undefined {
  const { value } = at.get(key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** `name` of an entry with its group: `statefulsets.apps.kruise.io`. */
export function entryName({ name, group }: ResourceEntry): string {
  return group ? `${name}.${group}` : name;
}
