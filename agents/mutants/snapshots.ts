import { encodeEntry, type AgentBehaviour, type StoredEntry } from "../reference/index.ts";
import type { Mutant } from "./mutant.ts";

/** Faults of what is in a snapshot and what is not: KAS-SNAP-*, and KAS-OBJ-* where objects miss each other. */
export const snapshotMutants: readonly Mutant[] = [
  {
    name: "omit-pod",
    describes: "leaves out one Pod",
    fails: ["KAS-SNAP-1"],
    behaviour: () => leavingOut((collected) => collected.find((stored) => stored.entry.type === "*v1.Pod")?.uid),
  },
  {
    name: "flickers",
    describes: "leaves one Pod out of every second snapshot",
    fails: ["KAS-SNAP-1"],
    behaviour: flickering,
  },
  {
    name: "forget-namespace",
    describes: "leaves out a Namespace that Pods lie in",
    fails: ["KAS-SNAP-1", "KAS-OBJ-4"],
    behaviour: () =>
      leavingOut((collected) => {
        const name = collected.find((stored) => stored.entry.type === "*v1.Pod")?.namespace;
        return collected.find((stored) => stored.entry.type === "*v1.Namespace" && stored.name === name)?.uid;
      }),
  },
  {
    name: "forget-replicasets",
    describes: "does not collect ReplicaSets, so that Pods have no owner",
    fails: ["KAS-SNAP-2", "KAS-OBJ-5"],
    thread: "deepflowio/deepflow#6216",
    behaviour: () => ({ chooseResources: (resources) => resources.filter(({ id }) => id !== "replicasets.apps") }),
  },
  {
    name: "duplicate-uid",
    describes: "sends one Node twice",
    fails: ["KAS-OBJ-3"],
    behaviour: () => ({
      compose: (info, collected) => {
        const nodes = collected.filter((stored) => stored.entry.type === "*v1.Node").slice(0, 1);
        return [info, ...[...nodes, ...collected].map((stored) => stored.entry)];
      },
    }),
  },
  {
    name: "invent-object",
    describes: "sends a ConfigMap that never existed",
    fails: ["KAS-SNAP-4"],
    behaviour: () => ({ compose: (info, collected) => [info, ...collected.map((stored) => stored.entry), invented] }),
  },
  {
    name: "keep-deleted",
    describes: "keeps what was deleted",
    fails: ["KAS-SNAP-3", "KAS-SNAP-7"],
    behaviour: () => ({ acceptsEvent: ({ type }) => type !== "DELETED" }),
  },
  {
    name: "keep-last-of-kind",
    describes: "keeps the last object of a kind, taking an empty kind for trouble",
    fails: ["KAS-SNAP-3", "KAS-SNAP-7"],
    behaviour: () => ({ acceptsEvent: ({ type }, stored) => type !== "DELETED" || stored > 1 }),
  },
  {
    name: "ignore-changes",
    describes: "takes no notice of changes to what it has",
    fails: ["KAS-SNAP-5"],
    behaviour: () => ({ acceptsEvent: ({ type }) => type !== "MODIFIED" }),
  },
  {
    name: "full-every-beat",
    describes: "sends all entries in every request",
    fails: ["KAS-SNAP-9"],
    behaviour: () => ({ beat: () => "all-entries" }),
  },
];

const invented = encodeEntry("*v1.ConfigMap", {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { uid: "00000000-0000-4000-8000-000000000000", name: "invented", namespace: "default" },
  data: {},
});

/** Drops a Pod and takes it up again, snapshot by snapshot. */
function flickering(): Partial<AgentBehaviour> {
  let snapshots = 0;
  let uid: string | undefined;
  return {
    compose(info, collected) {
      snapshots += 1;
      uid ??= collected.find((stored) => stored.entry.type === "*v1.Pod")?.uid;
      return [info, ...collected.filter((stored) => stored.uid !== uid || snapshots % 2 === 0).map((stored) => stored.entry)];
    },
  };
}

/** Leaves out the same object for the agent's whole life: the one chosen from the first snapshot. */
function leavingOut(choose: (collected: readonly StoredEntry[]) => string | undefined): Partial<AgentBehaviour> {
  let uid: string | undefined;
  return {
    compose(info, collected) {
      uid ??= choose(collected);
      return [info, ...collected.filter((stored) => stored.uid !== uid).map((stored) => stored.entry)];
    },
  };
}
