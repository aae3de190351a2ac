import type { HeldCluster } from "./clusters.ts";
import type { DomainBook } from "./domains.ts";
import { type Inventory, refusedInventory, type StoredSnapshot, takeInventory, type Target } from "./contract/index.ts";
import type { EntryReader } from "./ingest/index.ts";
import { inflationBudget } from "./views.ts";

/**
 * What the target makes of the cluster's stored snapshot when it gathers next.
 *
 * @param domains that there are (protocol.md 2.7); undefined: one for every cluster_id
 * @throws MockServerError `too-large`
 */
export function inventoryOf(held: HeldCluster, target: Target, reader: EntryReader, domains?: DomainBook): Inventory {
  const { clusterId, state, entries, aged } = held;
  const { record } = state;
  if (!record) return refusedInventory(`no request of ${clusterId} was stored: see the journal for the rows that decided`);
  if (domains?.has(clusterId) === false && target.domain === "required") {
    const forgotten =
      domains.forgotten === 0 ? "" : ` (this mock let go of ${domains.forgotten}, to keep no more than its bound)`;
    return refusedInventory(
      `no domain has the cluster_id ${clusterId}${forgotten}, so that nobody gathers its data; create the domain, or ask GetKubernetesClusterID for the id, which creates it`,
    );
  }
  const budget = inflationBudget();
  const take = (bytes: readonly Uint8Array[], errorMsg: string) =>
    withoutResources(snapshotOf(bytes, errorMsg, reader, budget), target);
  const inventory =
    aged && target.staleRecord !== "served"
      ? refusedInventory(
          `${target.id} has forgotten the snapshot, since nothing came for the ageing time; it keeps its old resources`,
          "aborted",
        )
      : take(entries, record.errorMsg);
  if (inventory.outcome === "kept") return inventory;
  const candidates = [...(held.wasClean ? [entries] : []), ...(held.earlier ? [held.earlier] : [])];
  for (const candidate of candidates) {
    const { outcome, counts } = take(candidate, "");
    if (outcome === "kept") return { ...inventory, held: { counts } };
  }
  return inventory;
}

function snapshotOf(
  entries: readonly Uint8Array[],
  errorMsg: string,
  reader: EntryReader,
  budget: ReturnType<typeof inflationBudget>,
): StoredSnapshot {
  const readings = entries.map((entry) => {
    const reading = reader.read(entry);
    budget.spend(reading.inflatedBytes);
    return reading;
  });
  return { entries: readings, errorMsg };
}

function withoutResources(snapshot: StoredSnapshot, target: Target): Inventory {
  const { resources: _resources, ...inventory } = takeInventory(snapshot, target);
  return inventory;
}
