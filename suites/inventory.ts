import { podsLine, takeInventory, type Target } from "../server-mock/contract/index.ts";
import type { ScenarioHistory, SyncCall } from "./history/types.ts";
import type { InventoryResult } from "./results.ts";

/** Objects told one by one in results.json, for each scenario. */
const MAX_TOLD = 200;

/**
 * What the target makes of a scenario's last accepted snapshot; undefined where none was accepted, or its bytes are not
 * all in the transcript.
 */
export function inventoryResult(
  scenario: ScenarioHistory,
  accepted: readonly SyncCall[],
  target: Target,
): InventoryResult | undefined {
  const last = accepted.at(-1);
  const entries = last && entriesOf(last);
  if (!last || !entries) return undefined;
  const { errorMsg = "" } = last;
  const { resources: _resources, dropped, reduced, ...inventory } = takeInventory({ entries, errorMsg }, target);
  const droppedByRule: Record<string, number> = {};
  for (const { rule } of dropped) droppedByRule[rule] = (droppedByRule[rule] ?? 0) + 1;
  return {
    scenario: scenario.name,
    seq: last.seq,
    summary: podsLine(target, { ...inventory, dropped, reduced }),
    ...inventory,
    droppedByRule,
    dropped: dropped.slice(0, MAX_TOLD),
    reduced: reduced.slice(0, MAX_TOLD),
  };
}

/**
 * One inventory for each scenario run, in their order. Of scenarios that were told several times those that came out as
 * before are left out.
 */
export function inventoriesOf(runs: readonly { readonly inventory?: InventoryResult }[]): readonly InventoryResult[] {
  const told = new Set<string>();
  return runs.flatMap(({ inventory }) => {
    if (inventory === undefined) return [];
    const { seq: _seq, scenario, dropped: _dropped, reduced: _reduced, ...numbers } = inventory;
    const key = JSON.stringify([scenario, numbers]);
    if (told.has(key)) return [];
    told.add(key);
    return [inventory];
  });
}

/** The checks tell what is wrong with a transcript that lacks bytes. */
function entriesOf(call: SyncCall): SyncCall["entries"] | undefined {
  try {
    return call.entries;
  } catch {
    return undefined;
  }
}
