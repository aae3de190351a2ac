import { named, relabelled } from "./testing/api-actor.ts";
import type { Caller } from "./testing/caller.ts";
import { callerTable } from "./testing/caller-table.ts";
import { filling, type Placed, pod } from "./testing/world.ts";

const web = named("web-7d4b9c6f5-d5x7k");
const other = named("web-7d4b9c6f5-c6x7k");
const controllerPod = named("legacy-4kd8z");
const controller = filling.find(({ resource }) => resource === "replicationcontrollers")!;
const settings = filling.find(({ resource }) => resource === "configmaps")!;
const fresh = pod("shop", "web-7d4b9c6f5-n3w00", named("web-7d4b9c6f5"), 30);

/** Something goes, and the agent does not notice. */
const unnoticed = (a: Caller, placed: Placed) => (a.change("deleted", placed), a.send(placed));
const isWeb = (placed: Placed) => placed === web;
const remove = (a: Caller) => (a.upload(1n), a.wait(1000), a.change("deleted", web), a.wait(1000));

callerTable("KAS-SNAP-3", "life-of-objects", [
  [
    "had left out before what goes, and sends nothing more",
    (a) => (a.upload(1n), a.upload(2n, {}, isWeb), a.change("deleted", web), a.wait(6000)),
    "fail",
    "no snapshot without it came",
  ],
  [
    "shows a deletion and takes it back, and is not observed for long",
    (a) => (remove(a), a.upload(2n), a.send(web), a.upload(3n)),
    "not-testable",
    "was deleted and awaited",
  ],
  ["shows a deletion", (a) => (remove(a), a.upload(2n)), "pass", "1 deletion shown"],
  ["shows it just in time", (a) => (remove(a), a.wait(3990), a.upload(2n)), "pass", "1 deletion shown"],
  ["shows it too late", (a) => (remove(a), a.wait(4100), a.upload(2n)), "fail", "the first snapshot without it came after 5.1 s"],
  ["never shows it", (a) => (remove(a), a.wait(4100)), "fail", "no snapshot without it came"],
  ["is not awaited", (a) => (remove(a), a.wait(3000)), "not-testable", "was deleted and awaited"],
  [
    "keeps what is gone",
    (a) => (a.upload(1n), unnoticed(a, web), a.wait(5100), a.upload(2n)),
    "fail",
    "still holds pods shop/web-7d4b9c6f5-d5x7k, 5.1 s after the deletion",
  ],
  [
    "keeps it for a little",
    (a) => (a.upload(1n), unnoticed(a, web), a.wait(2000), a.upload(2n), a.forget(web), a.upload(3n)),
    "pass",
    "1 deletion shown",
  ],
  [
    "brings it back within its time",
    (a) => (remove(a), a.upload(2n), a.send(web), a.upload(3n), a.wait(5000)),
    "fail",
    "the last snapshot by its deadline holds it again",
  ],
  ["brings it back later", (a) => (remove(a), a.upload(2n), a.wait(9000), a.send(web), a.upload(3n)), "fail", "still holds pods"],
  [
    "keeps one of two",
    (a) => (remove(a), unnoticed(a, other), a.upload(2n), a.wait(5100), a.upload(3n)),
    "fail",
    "still holds pods shop/web-7d4b9c6f5-c6x7k",
  ],
  ["never had it", (a) => (a.upload(1n), a.change("deleted", settings), a.upload(2n)), "not-testable", "was deleted and awaited"],
  [
    "sends it for the first time after it went",
    (a) => (a.upload(1n, {}, (placed) => placed === web), unnoticed(a, web), a.wait(5100), a.upload(2n)),
    "not-testable",
    "was deleted and awaited",
  ],
  [
    "sees something change",
    (a) => (a.upload(1n), a.change("modified", relabelled(web, "new")), a.wait(1000), a.upload(2n), a.wait(9000)),
    "not-testable",
    "was deleted and awaited",
  ],
  ["sees nothing go", (a) => (a.upload(1n), a.change("created", fresh), a.upload(2n)), "not-testable", "was deleted and awaited"],
]);

const emptied = (a: Caller) => (a.upload(1n), a.wait(1000), a.change("deleted", controllerPod), a.change("deleted", controller));
callerTable("KAS-SNAP-7", "life-of-objects", [
  ["lets a kind become empty", (a) => (emptied(a), a.upload(2n)), "pass", "1 deletion shown"],
  [
    "keeps the last of a kind",
    (a) => (emptied(a), a.send(controller), a.wait(5100), a.upload(2n)),
    "fail",
    "still holds an object of replicationcontrollers",
  ],
  ["loses one of several", (a) => (remove(a), a.upload(2n)), "not-testable", "no kind that the agent uploads became empty"],
  [
    "holds one that was made after the kind was empty",
    (a) => (emptied(a), a.change("created", { ...controller, object: renewed(controller) }), a.wait(5100), a.upload(2n)),
    "fail",
    "the first snapshot without it came",
  ],
]);

/** The same under a uid of its own. */
function renewed({ object }: Placed): Placed["object"] {
  const metadata = object["metadata"] as Record<string, unknown>;
  return { ...object, metadata: { ...metadata, uid: "renewed", name: "renewed" } };
}
