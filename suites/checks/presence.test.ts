import { callerTable, type CallerRow } from "./testing/caller-table.ts";
import type { Caller } from "./testing/caller.ts";
import { filling, namespace, type Placed, pod, workload } from "./testing/world.ts";

const agents = workload("DaemonSet", "ops", "agents");
const agentPod = pod("ops", "agents-x1y2z", agents, 40);
const idle = workload("StatefulSet", "ops", "idle", undefined, 0);
/** Owns a workload with a Pod, and no Pod itself. */
const boss = workload("StatefulSet", "ops", "boss", undefined, 0);
const bossed = workload("StatefulSet", "ops", "bossed", boss, 1);
const cluster = { beside: [agents, agentPod, idle], types: { "daemonsets.apps": "*v1.DaemonSet" } };

const nameOf = ({ object }: Placed) => (object["metadata"] as { readonly name: string }).name;
const of = (kind: string) => (placed: Placed) => placed.resource === kind;
const called = (name: string) => (placed: Placed) => nameOf(placed) === name;
/** Everything, in two snapshots. */
const whole = (a: Caller) => (a.upload(1n), a.wait(1000), a.upload(2n));
const leavesOut = (name: string, without: (placed: Placed) => boolean, text: string): CallerRow => [
  `leaves out ${name}`,
  (a) => a.upload(1n, {}, without),
  "fail",
  text,
];
const made = namespace("made");

callerTable(
  "KAS-SNAP-1",
  "first-snapshot",
  [
    ["holds everything", whole, "pass", "2 snapshots, none without one of up to 9 objects"],
    leavesOut("Nodes", of("nodes"), "nodes node-1 is missing"),
    leavesOut("one Node", called("node-2"), "nodes node-2 is missing"),
    leavesOut("Namespaces", of("namespaces"), "namespaces shop is missing"),
    leavesOut("Pods", of("pods"), "is missing, existing since"),
    leavesOut("one Pod", called("ledger-0"), "pods ops/ledger-0 is missing"),
    ["loses one later", (a) => (whole(a), a.upload(3n, {}, called("ledger-0"))), "fail", "pods ops/ledger-0 is missing"],
    ["lacks one at first", (a) => (a.upload(1n, {}, called("ledger-0")), whole(a)), "fail", "pods ops/ledger-0 is missing"],
    ["lacks what was just made", (a) => (a.change("created", made), a.upload(1n, {}, called("made"))), "pass", "up to 9 objects"],
    [
      "lacks what was made long ago",
      (a) => (a.upload(1n), a.change("created", made), a.wait(9000), a.upload(2n, {}, called("made"))),
      "fail",
      "namespaces made is missing",
    ],
    ["lacks what was deleted", (a) => (a.upload(1n), a.change("deleted", agentPod), a.upload(2n)), "pass", "2 snapshots"],
    ["leaves out workloads", (a) => a.upload(1n, {}, of("deployments.apps")), "pass", "1 snapshot"],
  ],
  cluster,
);

callerTable(
  "KAS-SNAP-2",
  "first-snapshot",
  [
    ["holds everything", whole, "pass", "up to 5 objects"],
    leavesOut("Deployments", of("deployments.apps"), "deployments.apps shop/web is missing"),
    leavesOut("StatefulSets", of("statefulsets.apps"), "statefulsets.apps ops/ledger is missing"),
    leavesOut("DaemonSets", of("daemonsets.apps"), "daemonsets.apps ops/agents is missing"),
    leavesOut("ReplicationControllers", of("replicationcontrollers"), "replicationcontrollers ops/legacy is missing"),
    leavesOut("ReplicaSets", of("replicasets.apps"), "replicasets.apps shop/web-7d4b9c6f5 is missing"),
    [
      "is in a cluster without pods",
      (a) => {
        for (const placed of [...filling, agentPod]) if (placed.resource === "pods") a.change("deleted", placed);
        a.wait(9000);
        a.upload(1n);
      },
      "not-testable",
      "no such object throughout",
    ],
    ["leaves out what has no pods", (a) => a.upload(1n, {}, called("idle")), "pass", "up to 5 objects"],
    [
      "leaves out what lost its pods",
      (a) => (a.upload(1n), a.change("deleted", agentPod), a.upload(2n, {}, called("agents"))),
      "pass",
      "up to 5 objects",
    ],
  ],
  cluster,
);

callerTable(
  "KAS-SNAP-2",
  "first-snapshot",
  [["leaves out what owns nothing but a workload with pods", (a) => a.upload(1n, {}, called("boss")), "pass", "up to 5 objects"]],
  { beside: [boss, bossed, pod("ops", "bossed-0", bossed, 43)] },
);

/** Something lies in the new namespace, for long. */
const inMade = (a: Caller) => (a.change("created", made), a.change("created", lone), a.wait(9000));
const isMade = (placed: Placed) => placed.resource === "namespaces" && nameOf(placed) === "made";
const lone = pod("made", "lone-x1y2z", agents, 41);
const namesake = workload("Deployment", "ops", "made");
const metadataOf = ({ object }: Placed) => object["metadata"] as Readonly<Record<string, unknown>>;
const madeAnew: Placed = { ...made, object: { metadata: { ...metadataOf(made), uid: "uid-made-anew" } } };
const placeless: Placed = { ...lone, object: { ...lone.object, metadata: { ...metadataOf(lone), namespace: undefined } } };
const lacking = (placed: Placed) => nameOf(placed) === "ops" && placed.resource === "namespaces";
callerTable(
  "KAS-OBJ-4",
  "first-snapshot",
  [
    ["holds every namespace in use", whole, "pass", "2 namespaces in use, all there in 2 snapshots"],
    leavesOut("a namespace in use", lacking, "namespace ops is missing, in which"),
    ["loses one later", (a) => (a.upload(1n), a.upload(2n, {}, lacking)), "fail", "namespace ops is missing"],
    [
      "leaves out one that something else is called like",
      (a) => (a.change("created", namesake), inMade(a), a.upload(1n, {}, isMade)),
      "fail",
      "namespace made is missing",
    ],
    [
      "leaves out one that was made anew later",
      (a) => (inMade(a), a.upload(1n, {}, isMade), a.change("deleted", made), a.change("created", madeAnew), a.upload(2n)),
      "fail",
      "namespace made is missing",
    ],
    [
      "leaves out one in which only something lies that the cluster does not know",
      (a) => (a.change("created", made), a.wait(9000), a.send(lone), a.upload(1n, {}, isMade)),
      "fail",
      "namespace made is missing",
    ],
    [
      "leaves out one, and the place of what lies in it",
      (a) => (inMade(a), a.send(placeless), a.upload(1n, {}, isMade)),
      "fail",
      "namespace made is missing",
    ],
    [
      "leaves out one that nothing lies in",
      (a) => (a.change("created", made), a.wait(9000), a.upload(1n, {}, called("made"))),
      "pass",
      "2 namespaces in use",
    ],
    [
      "sends something of a namespace that never was",
      (a) => (a.send({ ...lone, object: { ...lone.object, metadata: { ...metadataOf(lone), namespace: "nowhere" } } }), whole(a)),
      "pass",
      "3 namespaces in use",
    ],
    [
      "sends nothing that lies in one",
      (a) => a.upload(1n, {}, ({ object }) => (object["metadata"] as { readonly namespace?: string }).namespace !== undefined),
      "not-testable",
      "no uploaded object lies in a namespace",
    ],
  ],
  cluster,
);

const orphaned = (placed: Placed): Placed => {
  const { ownerReferences: _owners, ...metadata } = placed.object["metadata"] as Record<string, unknown>;
  return { ...placed, object: { ...placed.object, metadata } };
};
/** Under another owner. */
const owned = (placed: Placed, owner: Record<string, unknown>): Placed => {
  const metadata = placed.object["metadata"] as Record<string, unknown>;
  return { ...placed, object: { ...placed.object, metadata: { ...metadata, ownerReferences: [owner] } } };
};
const { uid: agentsUid } = agents.object["metadata"] as { readonly uid: string };

const child = pod("ops", "agents-k4m7p", agents, 42);

callerTable(
  "KAS-OBJ-5",
  "first-snapshot",
  [
    ["keeps owners", whole, "pass", "2 snapshots with up to 6 owner references"],
    leavesOut("an owner", called("ledger"), "statefulsets.apps ops/ledger is missing, the owner of pods ops/ledger-0"),
    leavesOut("a ReplicaSet's owner", called("web"), "deployments.apps shop/web is missing, the owner of replicasets.apps"),
    [
      "has no owners at all",
      (a) => a.upload(1n, {}, ({ resource }) => /pods|replicasets/.test(resource)),
      "not-testable",
      "had an owner",
    ],
    [
      "loses an owner later",
      (a) => (a.upload(1n), a.send(orphaned(agentPod)), a.upload(2n)),
      "fail",
      "pods ops/agents-x1y2z: ownerReferences are absent, the API has DaemonSet agents",
    ],
    [
      "has not heard yet that a Pod was adopted",
      (a) => (a.change("created", orphaned(child)), a.change("modified", child), a.send(orphaned(child)), a.upload(1n)),
      "pass",
      "up to 6 owner references",
    ],
    [
      "keeps the owner of a Pod that had another before",
      (a) => (a.change("created", child), a.change("modified", owned(child, { kind: "DaemonSet", uid: "later" })), a.upload(1n)),
      "pass",
      "up to 7 owner references",
    ],
    [
      "names an owner of another kind",
      (a) => (a.send(owned(agentPod, { kind: "Job", uid: agentsUid })), a.upload(1n)),
      "fail",
      "ownerReferences are an array of other owners",
    ],
    [
      "names another owner",
      (a) => (a.send(owned(agentPod, { kind: "DaemonSet", uid: "another" })), a.upload(1n)),
      "fail",
      "ownerReferences are an array of other owners",
    ],
    [
      "names an owner without a uid",
      (a) => (a.send(owned(agentPod, { kind: "DaemonSet" })), a.upload(1n)),
      "fail",
      "other owners",
    ],
    ["names an owner without a kind", (a) => (a.send(owned(agentPod, { uid: agentsUid })), a.upload(1n)), "fail", "other owners"],
  ],
  cluster,
);

const rollout: Placed = { resource: "statefulsets.apps", object: { ...idle.object, kind: "Rollout" } };
const ofRollout = workload("ReplicaSet", "ops", "idle-1", rollout);
const ofNoPod = workload("Deployment", "ops", "odd", rollout);

callerTable(
  "KAS-OBJ-5",
  "first-snapshot",
  [
    leavesOut(
      "a ReplicaSet's owner of a kind that owns no pods",
      called("idle"),
      "ops/idle is missing, the owner of replicasets.apps",
    ),
    [
      "keeps the owner of another kind alone",
      (a) => a.upload(1n, {}, ({ resource }) => /pods|replicasets/.test(resource)),
      "not-testable",
      "had an owner",
    ],
  ],
  { beside: [rollout, ofRollout, ofNoPod] },
);
