import type { Node } from "yaml";
import type { Cursor } from "./cursor.ts";

/** Every entry of every map below a cursor, with its key. Each node is visited once, so that anchors cannot blow it up. */
export function entriesBelow(root: Cursor, seen = new Set<Node>()): { readonly key: string; readonly at: Cursor }[] {
  if (root.node === undefined || seen.has(root.node)) return [];
  seen.add(root.node);
  const own = root.keys().map((key) => ({ key, at: root.get(key) }));
  return [
    ...own.flatMap((entry) => [entry, ...entriesBelow(entry.at, seen)]),
    ...root.items().flatMap((item) => entriesBelow(item, seen)),
  ];
}
