import { namespaceNamed, runningPod, workload } from "./objects.ts";
import type { Change, Pick, Recipe, Step } from "./types.ts";

/** Where the stories' objects lie. Sorts before the generated ones, so that its pods stand on the first page of a list. */
export const NAMESPACE = "a-conformance";
const APP = "courier";

/** A namespace and a StatefulSet, the owner of every pod of these stories. */
const ground: readonly Recipe[] = [
  { as: "namespace", resource: "namespaces", build: () => namespaceNamed(NAMESPACE) },
  {
    as: "owner",
    resource: "statefulsets.apps",
    build: () => workload("StatefulSet", { name: APP, namespace: NAMESPACE, app: APP }, { replicas: 8 }),
  },
];

/** Which number a pod of the story has, by its name. */
const PODS = ["changing", "doomed", "doomed-too", "newcomer", "newcomer-too", "last"] as const;

/** The name of a pod in these stories. */
export type PodName = (typeof PODS)[number];

/** A pod as the story calls it. */
export function pod(name: PodName): Recipe {
  const index = PODS.indexOf(name);
  return {
    as: name,
    resource: "pods",
    build: (world) => runningPod(world, { name: `${APP}-${index}`, app: APP, owner: world.made("owner"), index }),
  };
}

/** What the stories begin with: pods to be changed and deleted. */
export const stock: readonly Recipe[] = [...ground, pod("changing"), pod("doomed"), pod("doomed-too")];

/** Creates the stock, and waits until it shows. */
export const laidIn: readonly Step[] = [
  { step: "create", objects: stock },
  { step: "await-shown", objects: stock.map(({ as }) => as), budget: "staleness", essential: true },
];

/** A label that every target reads. */
export function relabel(of: PodName, stage: string): Change {
  return { of, patch: () => ({ metadata: { labels: { stage } } }) };
}

/** One pod comes, one changes, one goes. */
export function stir(comes: PodName, goes: PodName, stage: string): readonly Step[] {
  const gone: readonly Pick[] = [{ as: goes }];
  return [
    { step: "delete", objects: gone },
    { step: "create", objects: [pod(comes)] },
    { step: "change", changes: [relabel("changing", stage)] },
  ];
}

/** Waits until all of it shows; where it never does, nothing that follows could be judged. */
export function stirred(comes: readonly PodName[], goes: readonly PodName[]): readonly Step[] {
  return [
    { step: "await-shown", objects: [...comes, "changing"], budget: "api", essential: true },
    { step: "await-gone", objects: goes, budget: "api", essential: true },
  ];
}
