import { type Target, typeNamesFor } from "../../server-mock/contract/index.ts";
import type { Oracle, Upload } from "../oracle/index.ts";
import type { FailureContext } from "../results.ts";

const MAX_NAMES = 5;

/**
 * Where a snapshot and the cluster differ at the moment at which it arrived, kind by kind: how many there were on either
 * side, and the first names that one has and the other has not. A change within the staleness budget is a difference too.
 */
export function snapshotContext({ call, snapshot }: Upload, oracle: Oracle, target: Target): FailureContext["snapshot"] {
  const there = oracle.lives.filter(
    ({ forms, deleted, resource }) =>
      (forms[0]?.seq ?? Infinity) < call.seq &&
      (deleted === undefined || deleted.seq > call.seq) &&
      typeNamesFor(target, resource).length > 0,
  );
  const expected = new Map<string, string>();
  const byKind = new Map<string, { cluster: number; snapshot: number; missing: string[]; extra: string[] }>();
  const kindOf = (resource: string) => {
    const kind = byKind.get(resource) ?? { cluster: 0, snapshot: 0, missing: [], extra: [] };
    byKind.set(resource, kind);
    return kind;
  };
  for (const life of there) {
    expected.set(life.uid, life.resource);
    const kind = kindOf(life.resource);
    kind.cluster += 1;
    if (!snapshot.find(life)) kind.missing.push(placeOf(life));
  }
  for (const { uid, life, resource, name, namespace } of snapshot.items) {
    if (resource === undefined) continue;
    const kind = kindOf(resource);
    kind.snapshot += 1;
    const known = life ?? (uid === undefined ? undefined : { uid });
    if (known === undefined || expected.has(known.uid)) continue;
    kind.extra.push(placeOf({ name: name ?? "without a name", ...(namespace === undefined ? {} : { namespace }) }));
  }
  const sent = [...byKind].filter(([resource]) => oracle.uploadedResources.has(resource));
  const kinds = sent.filter(([, { missing, extra }]) => missing.length + extra.length > 0);
  return {
    seq: call.seq,
    alike: sent.length - kinds.length,
    unsent: [...byKind].flatMap(([resource, { cluster }]) =>
      oracle.uploadedResources.has(resource) ? [] : [`${resource} (${cluster})`],
    ),
    kinds: kinds.map(([resource, { cluster, snapshot: held, missing, extra }]) => ({
      resource,
      cluster,
      snapshot: held,
      missing: bounded(missing),
      extra: bounded(extra),
    })),
  };
}

function placeOf({ namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function bounded(names: readonly string[]): readonly string[] {
  return names.length <= MAX_NAMES ? names : [...names.slice(0, MAX_NAMES), `and ${names.length - MAX_NAMES} more`];
}
