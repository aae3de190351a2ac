import { named, relabelled } from "./testing/api-actor.ts";
import type { Caller } from "./testing/caller.ts";
import { callerTable, type CallerRow } from "./testing/caller-table.ts";
import { isSet, scaled } from "./testing/scaling.ts";
import { meta, namespace, type Placed, pod, workload } from "./testing/world.ts";

const web = named("web-7d4b9c6f5-d5x7k");
const canary = relabelled(web, "canary");
const stable = relabelled(web, "stable");
const fresh = pod("shop", "web-7d4b9c6f5-n3w00", named("web-7d4b9c6f5"), 30);
const types = { "daemonsets.apps": "*v1.DaemonSet" };
const daemons = workload("DaemonSet", "ops", "agents");

const relabel = (a: Caller) => (a.upload(1n), a.wait(6000), a.change("modified", canary), a.wait(1000));
/** It changes, and the agent takes no notice. */
const unnoticed = (a: Caller) => (relabel(a), a.send(web));
const side: Placed = {
  resource: "ingresses.networking.k8s.io",
  object: { metadata: meta("ingresses", "shop", "side"), spec: { rules: [] } },
};
const idle = scaled(0);
const isFresh = (placed: Placed) => placed === fresh;

callerTable("KAS-SNAP-5", "life-of-objects", [
  ["shows a change", (a) => (relabel(a), a.upload(2n)), "pass", "1 change shown, the slowest after 1 s"],
  ["shows it just in time", (a) => (relabel(a), a.wait(3990), a.upload(2n)), "pass", "the slowest after 5 s"],
  ["shows it too late", (a) => (relabel(a), a.wait(4100), a.upload(2n)), "fail", "showed after 5.1 s"],
  ["never shows it", (a) => (relabel(a), a.wait(4100)), "fail", "never showed; no snapshot followed"],
  ["shows the old form", (a) => (unnoticed(a), a.upload(2n), a.wait(5000)), "fail", "still has the old form"],
  ["is not awaited", (a) => (relabel(a), a.wait(3000)), "not-testable", "was created or changed after its first snapshot"],
  [
    "goes back to the old form within its time",
    (a) => (relabel(a), a.upload(2n), a.send(web), a.upload(3n), a.wait(5000)),
    "fail",
    "has an older form of pods shop/web-7d4b9c6f5-d5x7k",
  ],
  [
    "goes back to the old form later",
    (a) => (relabel(a), a.upload(2n), a.wait(9000), a.send(web), a.upload(3n)),
    "fail",
    "has an older form of pods",
  ],
  [
    "goes back to the old form within its time, and shows the new one again later",
    (a) => (relabel(a), a.upload(2n), a.send(web), a.upload(3n), a.wait(5000), a.send(canary), a.upload(4n)),
    "fail",
    "has an older form of pods shop/web-7d4b9c6f5-d5x7k",
  ],
  [
    "shows the old form once more, and the new one in time",
    (a) => (unnoticed(a), a.upload(2n), a.send(canary), a.upload(3n), a.wait(5000)),
    "pass",
    "1 change shown",
  ],
  [
    "loses it once it was shown",
    (a) => (relabel(a), a.upload(2n), a.wait(9000), a.forget(canary), a.upload(3n)),
    "pass",
    "1 change shown",
  ],
  [
    "sends the old form of what was deleted after it was shown",
    (a) => (relabel(a), a.upload(2n), a.wait(9000), a.change("deleted", canary), a.send(web), a.upload(3n)),
    "pass",
    "1 change shown",
  ],
  [
    "shows the old form, which comes back later",
    (a) => (unnoticed(a), a.upload(2n), a.wait(9000), a.change("modified", web)),
    "fail",
    "still has the old form",
  ],
  [
    "shows something new long after its first snapshot",
    (a) => (a.upload(1n), a.wait(9000), a.change("created", fresh), a.wait(1000), a.upload(2n)),
    "pass",
    "1 change shown",
  ],
  [
    "leaves out what was scaled to nothing",
    (a) => (a.upload(1n), a.wait(6000), a.change("modified", idle), a.forget(idle), a.upload(2n), a.wait(6000)),
    "not-testable",
    "was created or changed",
  ],
  [
    "leaves out what was scaled to nothing in two steps",
    (a) => (
      a.upload(1n),
      a.wait(6000),
      a.change("modified", scaled(1)),
      a.wait(1000),
      a.change("modified", idle),
      a.forget(idle),
      a.upload(2n),
      a.wait(6000)
    ),
    "not-testable",
    "was created or changed",
  ],
  [
    "leaves out what was scaled to nothing in two steps, and again long after",
    (a) => {
      a.upload(1n);
      a.wait(6000);
      a.change("modified", scaled(1));
      a.wait(1000);
      a.change("modified", idle);
      a.forget(idle);
      a.upload(2n);
      a.wait(9000);
      a.change("modified", scaled(3));
      a.upload(3n);
      a.wait(9000);
      a.change("modified", idle);
      a.forget(idle);
      a.upload(4n);
      a.wait(6000);
    },
    "pass",
    "1 change shown",
  ],
  [
    "does not show what is scaled to nothing long after",
    (a) => (
      a.upload(1n),
      a.wait(6000),
      a.change("modified", scaled(1)),
      a.forget(idle),
      a.upload(2n),
      a.wait(6000),
      a.change("modified", idle)
    ),
    "fail",
    "lacks it",
  ],
  [
    "leaves out at first what had been scaled to nothing since it started",
    (a) => (
      a.change("modified", idle),
      a.upload(1n, {}, isSet),
      a.wait(6000),
      a.change("modified", scaled(3)),
      a.upload(2n),
      a.wait(6000)
    ),
    "pass",
    "1 change shown",
  ],
  ["shows a later form at once", (a) => (relabel(a), a.change("modified", stable), a.upload(2n)), "pass", "2 changes shown"],
  [
    "shows something new",
    (a) => (a.upload(1n), a.change("created", fresh), a.wait(1000), a.upload(2n)),
    "pass",
    "1 change shown",
  ],
  [
    "leaves out something new",
    (a) => (a.upload(1n), a.change("created", fresh), a.upload(2n, {}, isFresh), a.wait(5100)),
    "fail",
    "lacks it",
  ],
  [
    "leaves out what was new before its first snapshot",
    (a) => (a.change("created", fresh), a.forget(fresh), a.upload(1n), a.wait(6000)),
    "not-testable",
    "was created or changed",
  ],
  [
    "leaves out a new object of a kind that it may choose from",
    (a) => (a.upload(1n), a.change("created", side), a.forget(side), a.upload(2n), a.wait(6000)),
    "not-testable",
    "was created or changed",
  ],
  [
    "never had what changes",
    (a) => (a.forget(web), a.upload(1n), a.change("modified", canary), a.forget(web), a.upload(2n), a.wait(6000)),
    "not-testable",
    "was created or changed",
  ],
  [
    "never shows what was there from the start as it is",
    (a) => (a.send(canary), a.upload(1n), a.wait(6000)),
    "fail",
    "which was there from the start, never showed as the API server has it",
  ],
  [
    "shows what was there from the start as it is too late",
    (a) => (a.send(canary), a.upload(1n), a.wait(6000), a.send(web), a.upload(2n)),
    "fail",
    "showed as the API server has it only in request",
  ],
  [
    "shows what was there from the start as it is a little later",
    (a) => (a.send(canary), a.upload(1n), a.wait(1000), a.send(web), a.upload(2n), a.wait(6000)),
    "not-testable",
    "was created or changed",
  ],
  [
    "is not awaited to show what was there from the start as it is",
    (a) => (a.send(canary), a.upload(1n), a.wait(1000)),
    "not-testable",
    "was created or changed",
  ],
  [
    "never shows as it was what went at once",
    (a) => (a.send(canary), a.upload(1n), a.wait(1000), a.change("deleted", web), a.upload(2n), a.wait(6000)),
    "not-testable",
    "was created or changed",
  ],
  [
    "never shows as it was what went later",
    (a) => (a.send(canary), a.upload(1n), a.wait(6000), a.change("deleted", web), a.upload(2n), a.wait(6000)),
    "fail",
    "never showed as the API server has it",
  ],
  [
    "leaves out something new that was gone at once",
    (a) => (a.upload(1n), a.change("created", fresh), a.wait(3000), a.change("deleted", fresh), a.upload(2n), a.wait(5100)),
    "not-testable",
    "was created or changed",
  ],
  [
    "leaves out something new that was gone later",
    (a) => (
      a.upload(1n),
      a.change("created", fresh),
      a.wait(1000),
      a.upload(2n, {}, isFresh),
      a.wait(6000),
      a.change("deleted", fresh),
      a.upload(3n)
    ),
    "fail",
    "never showed",
  ],
  [
    "never showed something that was there from the start as it is",
    (a) => (a.send(canary), a.upload(1n), a.wait(6000), a.change("created", fresh), a.upload(2n), a.wait(6000), a.beat(2n)),
    "fail",
    "which was there from the start, never showed as the API server has it",
  ],
  ["sees nothing change", (a) => (a.upload(1n), a.wait(9000), a.beat(1n)), "not-testable", "was created or changed"],
]);

const news: readonly Placed[] = [
  { resource: "nodes", object: { ...named("node-1").object, metadata: { uid: "n3", name: "node-3" } } },
  namespace("made"),
  fresh,
  ...["Deployment", "StatefulSet", "DaemonSet", "ReplicationController", "ReplicaSet"].map((kind) =>
    workload(kind, "shop", "made"),
  ),
];
callerTable(
  "KAS-SNAP-5",
  "life-of-objects",
  news.map((made): CallerRow => [
    `leaves out new ${made.resource}`,
    (a) => (a.upload(1n), a.wait(6000), a.change("created", made), a.upload(2n, {}, (placed) => placed === made), a.wait(5100)),
    "fail",
    `${made.resource} `,
  ]),
  { types, beside: [daemons] },
);
