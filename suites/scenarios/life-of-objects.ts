import type { KubeObject } from "../history/types.ts";
import { namespaceNamed, pendingPod, runningPod, runningStatus, text, workload, field } from "./objects.ts";
import { awaitFirstUpload } from "./openings.ts";
import type { Change, Pick, Recipe, Scenario, World } from "./types.ts";

const NAMESPACE = "conformance-shop";
const APP = "checkout";
const HASH = "6d8f9c7b54";
const HASH_LABEL = { "pod-template-hash": HASH };

/** A rollout as the controllers would write it: namespace, Deployment, ReplicaSet, pods, and one pod of a StatefulSet. */
const rollout: readonly Recipe[] = [
  { as: "namespace", resource: "namespaces", build: () => namespaceNamed(NAMESPACE) },
  {
    as: "deployment",
    resource: "deployments.apps",
    build: () => workload("Deployment", { name: APP, namespace: NAMESPACE, app: APP }, { replicas: 2 }),
  },
  {
    as: "replica-set",
    resource: "replicasets.apps",
    build: (world) =>
      workload(
        "ReplicaSet",
        { name: `${APP}-${HASH}`, namespace: NAMESPACE, app: APP },
        { replicas: 2, labels: HASH_LABEL, owner: world.made("deployment") },
      ),
  },
  { as: "pod", resource: "pods", build: (world) => runningPod(world, replicaPod(world, "x7k2p", 0)) },
  { as: "starting-pod", resource: "pods", build: (world) => pendingPod(world, replicaPod(world, "m4tqz", 1)) },
  {
    as: "stateful-set",
    resource: "statefulsets.apps",
    build: () => workload("StatefulSet", { name: "ledger", namespace: NAMESPACE, app: "ledger" }, { replicas: 1 }),
  },
  {
    as: "stateful-pod",
    resource: "pods",
    build: (world) => runningPod(world, { name: "ledger-0", app: "ledger", owner: world.made("stateful-set"), index: 2 }),
  },
];

/** What the kubelet, a user and the autoscaler write: readiness, a label, replicas. */
const updates: readonly Change[] = [
  {
    of: "starting-pod",
    patch: (world) => ({ status: runningStatus(world, 1) }),
    shows: (world) => ({ status: { podIP: runningStatus(world, 1)["podIP"] } }),
  },
  { of: "pod", patch: () => ({ metadata: { labels: { release: "canary" } } }) },
  { of: "deployment", patch: () => ({ spec: { replicas: 3 } }) },
];

/** The generated cluster has one ReplicationController with one pod: after this the kind is empty. */
const lastOfItsKind: readonly Pick[] = [
  { as: "last-controller-pod", resource: "pods", choose: (world) => podOf(world, onlyController(world)) },
  { as: "last-controller", resource: "replicationcontrollers", choose: onlyController },
];

/** Objects come, change and go, a kind becomes empty, and a change after a quiet time still shows. */
export const lifeOfObjects: Scenario = {
  name: "life-of-objects",
  title: "shows what is created and changed, forgets what is deleted, and still watches after a quiet time",
  profile: "core",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "create", objects: rollout },
    { step: "await-shown", objects: rollout.map((recipe) => recipe.as), budget: "staleness" },
    { step: "change", changes: updates },
    { step: "await-shown", objects: updates.map((change) => change.of), budget: "staleness" },
    { step: "delete", objects: [{ as: "stateful-pod" }, { as: "stateful-set" }, { as: "starting-pod" }] },
    { step: "await-gone", objects: ["stateful-pod", "stateful-set", "starting-pod"], budget: "staleness" },
    { step: "delete", objects: lastOfItsKind },
    { step: "await-gone", objects: lastOfItsKind.map((pick) => pick.as), budget: "staleness" },
    { step: "quiet" },
    { step: "change", changes: [{ of: "pod", patch: () => ({ metadata: { labels: { release: "stable" } } }) }] },
    { step: "await-shown", objects: ["pod"], budget: "staleness" },
    { step: "stop-agent" },
  ],
};

function replicaPod(world: World, suffix: string, index: number) {
  return { name: `${APP}-${HASH}-${suffix}`, app: APP, owner: world.made("replica-set"), labels: HASH_LABEL, index };
}

function onlyController(world: World): KubeObject {
  const [controller, ...others] = world.filled("replicationcontrollers");
  if (controller === undefined || others.length > 0) {
    throw new Error(
      `the cluster was filled with ${others.length + (controller ? 1 : 0)} ReplicationControllers; this story needs one`,
    );
  }
  return controller;
}

function podOf(world: World, controller: KubeObject): KubeObject {
  const uid = text(field(controller, "metadata"), "uid");
  const isOwned = (pod: KubeObject) =>
    ((field(pod, "metadata")["ownerReferences"] ?? []) as readonly KubeObject[]).some((owner) => owner["uid"] === uid);
  const pod = world.filled("pods").find(isOwned);
  if (pod === undefined) throw new Error("the only ReplicationController has no pod; this story needs one");
  return pod;
}
