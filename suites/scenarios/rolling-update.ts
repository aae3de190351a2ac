import { namespaceNamed, runningPod, workload } from "./objects.ts";
import { awaitFirstUpload } from "./openings.ts";
import type { Recipe, Scenario, Step, World } from "./types.ts";

const NAMESPACE = "conformance-rollout";
const APP = "frontend";
const REPLICAS = 3;
/** The hashes of the pod template before and after. */
const OLD = "5c9d7f6b8d";
const NEW = "7f4b8c9d55";
/** Random ends of pod names, a letter of the hash and another one first, so that no two are the same without their prefix. */
const ENDS = ["x2k7p", "m9t4z", "q6w8r"];

const setOf = (hash: string, replicas: number): Recipe => ({
  as: `set-${hash}`,
  resource: "replicasets.apps",
  build: (world) =>
    workload(
      "ReplicaSet",
      { name: `${APP}-${hash}`, namespace: NAMESPACE, app: APP },
      { replicas, labels: { "pod-template-hash": hash }, owner: world.made("rollout") },
    ),
});

const podOf = (hash: string, index: number, place: number): Recipe => ({
  as: `pod-${hash}-${index}`,
  resource: "pods",
  build: (world: World) =>
    runningPod(world, {
      name: `${APP}-${hash}-${ENDS[index]}`,
      app: APP,
      owner: world.made(`set-${hash}`),
      labels: { "pod-template-hash": hash },
      index: place,
    }),
});

const before: readonly Recipe[] = [
  { as: "rollout-namespace", resource: "namespaces", build: () => namespaceNamed(NAMESPACE) },
  {
    as: "rollout",
    resource: "deployments.apps",
    build: () => workload("Deployment", { name: APP, namespace: NAMESPACE, app: APP }, { replicas: REPLICAS }),
  },
  setOf(OLD, REPLICAS),
  ...ENDS.map((_, index) => podOf(OLD, index, index)),
];

/** A ReplicaSet of another size. A real API server refuses a status that has more pods ready than there are. */
const sized = (replicas: number) => ({ spec: { replicas }, status: { replicas, readyReplicas: replicas } });

/** One pod more of the new set, one fewer of the old, and the numbers that the controllers write. */
const turn = (index: number): readonly Step[] => [
  { step: "create", objects: [podOf(NEW, index, REPLICAS + index)] },
  { step: "delete", objects: [{ as: `pod-${OLD}-${index}` }] },
  {
    step: "change",
    changes: [
      // Of ReplicaSets no server reads how large they are: what is awaited is that they are there.
      { of: `set-${NEW}`, patch: () => sized(index + 1), shows: () => ({}) },
      { of: `set-${OLD}`, patch: () => sized(REPLICAS - 1 - index) },
    ],
  },
];

/** A Deployment is rolled over: pods of a new ReplicaSet take the place of those of the old one, turn by turn. */
export const rollingUpdate: Scenario = {
  name: "rolling-update",
  title: "follows a rolling update to its end, and then the end of the whole namespace",
  profile: "recovery",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "create", objects: before },
    { step: "await-shown", objects: before.map(({ as }) => as), budget: "staleness" },
    {
      step: "change",
      changes: [{ of: "rollout", patch: () => ({ spec: { template: { metadata: { labels: { version: "2" } } } } }) }],
    },
    { step: "create", objects: [setOf(NEW, 0)] },
    ...ENDS.flatMap((_, index) => turn(index)),
    { step: "await-shown", objects: [`set-${NEW}`, ...ENDS.map((_, index) => `pod-${NEW}-${index}`)], budget: "staleness" },
    { step: "await-gone", objects: ENDS.map((_, index) => `pod-${OLD}-${index}`), budget: "staleness" },
    // What is deleted before its time to show is over need not have shown.
    { step: "quiet" },
    // As the namespace controller deletes: what lies in a namespace first, in no order, and the namespace last.
    {
      step: "delete",
      objects: [
        { as: "rollout" },
        ...ENDS.map((_, index) => ({ as: `pod-${NEW}-${index}` })),
        { as: `set-${OLD}` },
        { as: `set-${NEW}` },
        { as: "rollout-namespace" },
      ],
    },
    { step: "await-gone", objects: ["rollout", `set-${OLD}`, `set-${NEW}`, "rollout-namespace"], budget: "staleness" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
