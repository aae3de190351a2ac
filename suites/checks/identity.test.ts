import { named } from "./testing/api-actor.ts";
import type { Caller } from "./testing/caller.ts";
import { callerTable } from "./testing/caller-table.ts";
import { type Placed, pod } from "./testing/world.ts";

const web = named("web-7d4b9c6f5-d5x7k");
const node = named("node-1");
const fresh = pod("shop", "web-7d4b9c6f5-n3w00", named("web-7d4b9c6f5"), 30);
/** Another one with the uid of a Node. */
const twin: Placed = { resource: "namespaces", object: { metadata: { uid: "uid-nodes--node-1", name: "twin" } } };
const info: Placed = { resource: "info", object: { metadata: { uid: "uid-info" }, gitVersion: "v1.30.4" } };
const whole = (a: Caller) => (a.upload(1n), a.wait(1000), a.upload(2n));

/** An object with other metadata; undefined takes a field out. It takes the place of the one with its old uid. */
function sendsWith(a: Caller, placed: Placed, change: Readonly<Record<string, unknown>>): void {
  const metadata = { ...(placed.object["metadata"] as Record<string, unknown>), ...change };
  const kept = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
  a.forget(placed);
  a.send({ ...placed, object: { ...placed.object, metadata: kept } });
}

callerTable("KAS-SNAP-4", "first-snapshot", [
  ["sends what there is", whole, "pass", "each uid was one of the cluster's"],
  ["sends one that never was", (a) => (a.send(fresh), a.upload(1n)), "fail", "which the cluster never had"],
  ["sends one that never was, later", (a) => (whole(a), a.send(fresh), a.upload(3n)), "fail", "which the cluster never had"],
  ["sends one before it was made", (a) => (a.send(fresh), a.upload(1n), a.change("created", fresh)), "fail", "never had"],
  ["sends one that was made since", (a) => (a.change("created", fresh), a.upload(1n)), "pass", "each uid was"],
  ["sends one that is gone", (a) => (a.change("deleted", web), a.send(web), a.upload(1n)), "pass", "each uid was"],
  ["sends another name", (a) => (sendsWith(a, web, { name: "another" }), a.upload(1n)), "fail", "which is that of pods shop/web"],
  ["sends another namespace", (a) => (sendsWith(a, web, { namespace: "ops" }), a.upload(1n)), "fail", "which is that of pods"],
  ["sends no name", (a) => (sendsWith(a, web, { name: undefined }), a.upload(1n)), "pass", "each uid was"],
  ["sends no namespace", (a) => (sendsWith(a, web, { namespace: undefined }), a.upload(1n)), "pass", "each uid was"],
  ["sends no uid", (a) => (sendsWith(a, web, { uid: undefined }), a.upload(1n)), "pass", "each uid was"],
]);

callerTable(
  "KAS-SNAP-4",
  "first-snapshot",
  [["gives version.Info a uid", (a) => (a.send(info), a.upload(1n)), "pass", "each uid was one of the cluster's"]],
  { types: { info: "*version.Info" } },
);

callerTable("KAS-OBJ-8", "first-snapshot", [
  ["sends two pods of which one rest is left", whole, "fail", "has the identity of"],
  ["leaves the uid of one of them out", (a) => (sendsWith(a, web, { uid: undefined }), a.upload(1n)), "pass", "no two pods with"],
]);

callerTable("KAS-OBJ-2", "first-snapshot", [
  ["sends what there is", whole, "pass", "each with uid, name and"],
  ["leaves the uid out", (a) => (sendsWith(a, web, { uid: undefined }), a.upload(1n)), "fail", "metadata.uid is absent"],
  ["has an empty uid", (a) => (sendsWith(a, web, { uid: "" }), a.upload(1n)), "fail", 'metadata.uid is ""'],
  ["has a number as uid", (a) => (sendsWith(a, web, { uid: 7 }), a.upload(1n)), "fail", "metadata.uid is 7"],
  ["leaves the name out", (a) => (sendsWith(a, web, { name: undefined }), a.upload(1n)), "fail", "metadata.name is absent"],
  [
    "leaves the namespace out",
    (a) => (sendsWith(a, web, { namespace: undefined }), a.upload(1n)),
    "fail",
    "metadata.namespace is",
  ],
  ["leaves the name of a Node out", (a) => (sendsWith(a, node, { name: undefined }), a.upload(1n)), "fail", "metadata.name is"],
  ["leaves it out later", (a) => (whole(a), sendsWith(a, web, { name: undefined }), a.upload(3n)), "fail", "metadata.name is"],
]);

callerTable("KAS-OBJ-3", "first-snapshot", [
  ["sends each once", whole, "pass", "no uid twice"],
  ["gives one the uid of another", (a) => (a.send(twin), a.upload(1n)), "fail", 'uid "uid-nodes--node-1" is in'],
]);

callerTable(
  "KAS-OBJ-1",
  "first-snapshot",
  [
    ["names ConfigMaps by a list", (a) => a.upload(1n), "fail", "configmaps, which goes as *v1.ConfigMap"],
    ["leaves them out", (a) => a.upload(1n, {}, ({ resource }) => resource === "configmaps"), "pass", "each under a type name"],
  ],
  { types: { configmaps: "*v1.ConfigMapList" } },
);

callerTable(
  "KAS-OBJ-12",
  "first-snapshot",
  [
    ["sends a kind that nobody reads", (a) => (a.change("created", job), a.upload(1n)), "fail", "(*v1.Job ops/once)"],
    ["keeps it to itself", (a) => a.upload(1n), "pass", "each of a type that the target reads"],
  ],
  { types: { "jobs.batch": "*v1.Job" } },
);

callerTable(
  "KAS-OBJ-12",
  "first-snapshot",
  [["gives a kind that is read another name", (a) => a.upload(1n), "pass", "each of a type that the target reads"]],
  { types: { configmaps: "*v1.ConfigMapList" } },
);

const job: Placed = {
  resource: "jobs.batch",
  object: { kind: "Job", metadata: { uid: "uid-job", namespace: "ops", name: "once" } },
};

const widget: Placed = { resource: "widgets.example.org", object: { metadata: { uid: "uid-widget", name: "widget" } } };
callerTable(
  "KAS-SNAP-4",
  "first-snapshot",
  [
    [
      "sends what never was, under a type name that nobody reads",
      (a) => (a.send(widget), a.upload(1n)),
      "fail",
      "which the cluster never had",
    ],
  ],
  { types: { "widgets.example.org": "*v1.Widget" } },
);

for (const [target, verdict, text] of [
  ["v7.0.2", "fail", "(*v1.ConfigMap ops/settings)"],
  ["document", "pass", "each of a type that the target reads"],
] as const) {
  callerTable(
    "KAS-OBJ-12",
    "first-snapshot",
    [[`sends what some versions read to ${target}`, (a) => a.upload(1n), verdict, text]],
    { target, types: { configmaps: "*v1.ConfigMap" } },
  );
}
