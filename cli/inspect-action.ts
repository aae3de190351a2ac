import { canonicalJson } from "../report/index.ts";
import {
  defaultTarget,
  findTarget,
  type Inventory,
  otherTargets,
  takeInventory,
  type Target,
  targetIds,
} from "../server-mock/contract/index.ts";
import type { InspectFlags } from "./inspect.ts";
import { generatedSource, type InspectedSource, readSource } from "./inspect-source.ts";
import { renderInventories } from "./inspect-text.ts";
import { terminalLook } from "./look.ts";
import { UsageError } from "./usage-error.ts";

/** One target and what it makes of the snapshot; the `--json` form. */
export interface Inspection {
  readonly target: string;
  readonly inventory: Inventory;
}

/** Prints the inventories that the targets make of a source. */
export async function inspect(source: string | undefined, flags: InspectFlags): Promise<void> {
  const targets = targetsFor(flags.target ?? [defaultTarget]);
  const read = await sourceFor(source, flags);
  const inspections = targets.map((target): Inspection => {
    const { resources: _resources, ...inventory } = takeInventory(read, target);
    return { target: target.id, inventory };
  });
  const [only] = inspections;
  process.stdout.write(
    flags.json === true
      ? `${canonicalJson(inspections.length === 1 ? only : inspections)}\n`
      : renderInventories(read, targets, inspections, terminalLook().width),
  );
}

function targetsFor(ids: readonly string[]): readonly Target[] {
  const wanted = new Set(ids.flatMap((id) => (id === "all" ? targetIds : [id])));
  return [...wanted].map((id) => {
    const target = findTarget(id);
    if (!target) throw new UsageError(`unknown target "${id}"; there are ${targetIds.join(", ")}, ${otherTargets}, and all`);
    return target;
  });
}

async function sourceFor(source: string | undefined, { pods, seed }: InspectFlags): Promise<InspectedSource> {
  if (pods !== undefined && source !== undefined) throw new UsageError(`${source} and --pods are two sources; give one of them`);
  if (pods !== undefined) return generatedSource(pods, seed);
  if (source === undefined) throw new UsageError("nothing to inspect: give a file, a folder or a URL, or --pods");
  return readSource(source);
}
