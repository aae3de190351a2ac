import type { DroppedObject, Inventory, InventoryCounts } from "./types.ts";

/** One thing that two targets make differently of the same snapshot. */
export interface InventoryDifference {
  /** `outcome`; `object`: kept by one alone, or dropped by another rule; `part`: something of a kept object. */
  readonly what: "outcome" | "object" | "part";
  /** The object; absent for the outcome. */
  readonly object?: Pick<DroppedObject, "type" | "uid" | "namespace" | "name">;
  /** What the first target makes of it: `kept`, or rule and reason. */
  readonly before: string;
  readonly after: string;
}

/**
 * What changes from one target to the next for the same snapshot, row by row: the outcome, each object that one of them
 * drops, each part that one of them loses, and counts that differ.
 */
export function compareInventories(
  before: Inventory,
  after: Inventory,
): {
  readonly counts: Readonly<Partial<Record<keyof InventoryCounts, readonly [number, number]>>>;
  readonly differences: readonly InventoryDifference[];
} {
  const names = Object.keys(before.counts) as (keyof InventoryCounts)[];
  const outcome = [before, after].map(({ outcome, blame }) => (blame ? `${outcome} ${blame.rule}` : outcome));
  const head: readonly InventoryDifference[] =
    outcome[0] === outcome[1] ? [] : [{ what: "outcome", before: outcomeText(before), after: outcomeText(after) }];
  return {
    counts: Object.fromEntries(
      names
        .filter((name) => before.counts[name] !== after.counts[name])
        .map((name) => [name, [before.counts[name], after.counts[name]]]),
    ),
    differences: [...head, ...rows("object", before.dropped, after.dropped), ...rows("part", before.reduced, after.reduced)],
  };
}

function outcomeText({ outcome, reason }: Inventory): string {
  return reason === undefined ? outcome : `${outcome}: ${reason}`;
}

function rows(
  what: "object" | "part",
  before: readonly DroppedObject[],
  after: readonly DroppedObject[],
): readonly InventoryDifference[] {
  const [old, young] = [byKey(before), byKey(after)];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((key) => {
    const [left, right] = [old.get(key) ?? [], young.get(key) ?? []];
    return Array.from(
      { length: Math.max(left.length, right.length) },
      (_, index) => [left[index], right[index]] as const,
    ).flatMap(([a, b]): readonly InventoryDifference[] => {
      const object = a ?? b;
      if (!object || a?.rule === b?.rule) return [];
      const { type, uid, namespace, name } = object;
      return [{ what, object: { type, uid, namespace, name }, before: textOf(a), after: textOf(b) }];
    });
  });
}

function byKey(objects: readonly DroppedObject[]): ReadonlyMap<string, readonly DroppedObject[]> {
  const map = new Map<string, DroppedObject[]>();
  for (const object of objects) {
    const key = JSON.stringify([object.type, object.uid, object.namespace, object.name, object.part]);
    const same = map.get(key);
    if (same) same.push(object);
    else map.set(key, [object]);
  }
  return map;
}

function textOf(object: DroppedObject | undefined): string {
  return object ? `${object.rule}: ${object.reason}` : "kept";
}
