import type { Target } from "../../server-mock/contract/index.ts";
import type { ObjectLife, SyncCall } from "../history/types.ts";
import { textAt } from "./json.ts";
import type { Snapshot, SnapshotItem } from "./types.ts";
import type { Views } from "./views.ts";

/** Reads the entries of requests into snapshots, one for each distinct list of entries. */
export function createSnapshotReader(
  target: Target,
  objects: ReadonlyMap<string, ObjectLife>,
  views: Views,
): (call: SyncCall) => Snapshot {
  const snapshots = new Map<string, Snapshot>();
  const itemsByReading = new WeakMap<object, readonly SnapshotItem[]>();
  const resourcesByType = new Map<string, readonly string[]>();
  for (const { resource, typeNames } of target.consumed) {
    for (const type of typeNames) resourcesByType.set(type, [...(resourcesByType.get(type) ?? []), resource]);
  }

  function itemsOf(reading: SyncCall["entries"][number], entry: number): readonly SnapshotItem[] {
    const known = itemsByReading.get(reading);
    // Most entries stand where they stood in the snapshot before.
    if (known) return known.every((item) => item.entry === entry) ? known : known.map((item) => ({ ...item, entry }));
    const items = reading.objects.map((object) => {
      const [uid, name, namespace] = ["uid", "name", "namespace"].map((field) => textAt(object, "metadata", field));
      const life = uid === undefined ? undefined : objects.get(uid);
      const resource = life?.resource ?? resourcesByType.get(reading.type ?? "")?.[0];
      return {
        entry,
        object,
        ...(reading.type === undefined ? {} : { type: reading.type }),
        ...(uid === undefined ? {} : { uid }),
        ...(name === undefined ? {} : { name }),
        ...(namespace === undefined ? {} : { namespace }),
        ...(life === undefined ? {} : { life }),
        ...(resource === undefined ? {} : { resource }),
      };
    });
    itemsByReading.set(reading, items);
    return items;
  }

  function read(call: SyncCall): Snapshot {
    const { entries } = call;
    const items = entries.flatMap((reading, entry) => itemsOf(reading, entry));
    const byUid = new Map<string, SnapshotItem[]>();
    for (const item of items) {
      if (item.uid === undefined) continue;
      const same = byUid.get(item.uid);
      if (same) same.push(item);
      else byUid.set(item.uid, [item]);
    }
    const byPlace = new Map<string, SnapshotItem>();
    for (const item of items) {
      if (item.uid !== undefined && byUid.get(item.uid)?.length === 1) continue;
      for (const resource of resourcesByType.get(item.type ?? "") ?? []) byPlace.set(placeKey(resource, item), item);
    }
    let contentKey: string | undefined;
    return {
      entries,
      items,
      byUid,
      unreadable: entries.flatMap((reading, entry) => (isUnreadable(reading) ? [{ entry, reading }] : [])),
      find(life) {
        const same = byUid.get(life.uid);
        if (same && (same.length === 1 || same.some((item) => item.name === life.name)))
          return same.find((item) => item.name === life.name) ?? same[0];
        return byPlace.get(placeKey(life.resource, life)) ?? same?.[0];
      },
      get contentKey() {
        return (contentKey ??= contentKeyOf(items, views));
      },
    };
  }

  return (call) => {
    const key = call.entriesHash ?? "";
    const snapshot = snapshots.get(key) ?? read(call);
    snapshots.set(key, snapshot);
    return snapshot;
  };
}

function isUnreadable(reading: SyncCall["entries"][number]): boolean {
  return reading.shape === "unreadable" || (reading.objects.length === 0 && reading.shape === "object");
}

function placeKey(resource: string, place: { readonly namespace?: string; readonly name?: string }): string {
  return `${resource} ${place.namespace ?? ""} ${place.name ?? ""}`;
}

/** Order of entries and repetition of equal ones do not count; what the target does not read does not either. */
function contentKeyOf(items: readonly SnapshotItem[], views: Views): string {
  const numbers = new Set<number>();
  for (const item of items) {
    const number = views.numberOf(item);
    if (number !== undefined) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b).join(" ");
}
