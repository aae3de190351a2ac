import { readTypeNames, VERSION_INFO_TYPE } from "../kinds/type-names.ts";
import { ingressFlavours } from "../kinds/ingress-flavours.ts";
import { stringAt } from "../json.ts";
import type { Target } from "../targets/types.ts";
import type { UploadedObject } from "../troubles/types.ts";
import { createGathering, type Gathering, type Identity } from "./gathering.ts";
import { gatherIngresses } from "./ingresses.ts";
import { gatherNodes } from "./nodes.ts";
import { gatherPods } from "./pods.ts";
import { gatherServices } from "./services.ts";
import type { Gathered } from "./types.ts";
import { gatherWorkloads } from "./workloads.ts";

/**
 * Goes through the objects of a snapshot as the target's gathering does, in its order of types. What would lose the
 * whole sync is passed over: that is `syncTrouble`'s. Source: protocol.md 4.
 */
export function gather(target: Target, objects: Iterable<UploadedObject>): Gathered {
  const byType = new Map<string, UploadedObject[]>();
  for (const uploaded of objects) {
    const same = byType.get(uploaded.type);
    if (same) same.push(uploaded);
    else byType.set(uploaded.type, [uploaded]);
  }
  const read = new Set(readTypeNames(target));
  const [winner, ...losers] = ingressFlavours(target, byType.keys());
  const reading = new Map([...byType].filter(([type]) => read.has(type) && !losers.includes(type)));
  const gathering = createGathering(target, reading);
  dropUnread(gathering, byType, read, losers, winner);

  const [, ...again] = gathering.of(VERSION_INFO_TYPE);
  for (const uploaded of again) gathering.drop(uploaded, "version-info-again", "the first of them counts");
  const nodes = gatherNodes(gathering);
  const namespaces = gatherNamespaces(gathering);
  const configMaps = gatherConfigMaps(gathering);
  const workloads = gatherWorkloads(gathering);
  const services = gatherServices(gathering, workloads);
  const ingresses = gatherIngresses(gathering, services);
  const pods = gatherPods(gathering, workloads, nodes);
  const { dropped, reduced, namespaceObjects, passedObjects, placedObjects } = gathering;
  return {
    target,
    resources: {
      nodes,
      namespaces,
      configMaps,
      workloads: workloads.workloads,
      replicaSets: workloads.replicaSets,
      pods,
      services,
      ingresses,
    },
    dropped,
    reduced,
    namespaceObjects,
    passed: (object) => passedObjects.has(object),
    placed: (object) => placedObjects.has(object),
    byType,
  };
}

function dropUnread(
  gathering: Gathering,
  byType: ReadonlyMap<string, readonly UploadedObject[]>,
  read: ReadonlySet<string>,
  losers: readonly string[],
  winner = "",
): void {
  const { id } = gathering.target;
  for (const [type, uploads] of byType) {
    const loser = losers.includes(type);
    if (!loser && (read.has(type) || type === VERSION_INFO_TYPE)) continue;
    for (const uploaded of uploads) {
      if (loser) gathering.drop(uploaded, "ingress-flavour", `${id} reads one ingress type a sync, here ${winner}`);
      else gathering.drop(uploaded, "type-unread", `${id} reads nothing of type ${JSON.stringify(type)}`);
    }
  }
}

function gatherNamespaces(gathering: Gathering): readonly Identity[] {
  const uids = new Set<string>();
  return gathering.of("*v1.Namespace").flatMap((uploaded) => {
    const identity = gathering.place(uploaded, false);
    if (!identity || !gathering.keep(uploaded, uids)) return [];
    gathering.namespaceObjects.set(stringAt(uploaded.object, "metadata", "name"), uploaded.object);
    return [identity];
  });
}

function gatherConfigMaps(gathering: Gathering): readonly Identity[] {
  const uids = new Set<string>();
  return gathering.of("*v1.ConfigMap").flatMap((uploaded) => {
    const identity = gathering.place(uploaded);
    return identity && gathering.keep(uploaded, uids) ? [identity] : [];
  });
}
