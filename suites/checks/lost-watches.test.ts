import { type ApiActor, relabelled } from "./testing/api-actor.ts";
import { table } from "./testing/api-table.ts";
import { changes, first, fresh, old, resumes, second } from "./testing/missed-changes.ts";

/** The watch of Pods is cut, and one comes and one goes before the agent is back. */
const cutAndChange = (a: ApiActor, lost: "pods" | "nothing" = "nothing") => {
  a.cut("pods");
  changes(a);
  if (lost === "nothing") resumes(a);
};

table("KAS-WATCH-4", "api-watch-cut", [
  ["comes back and misses nothing", (a) => (cutAndChange(a), a.upload()), "pass", "3 changes while a watch was cut, all"],
  ["never comes back", (a) => (cutAndChange(a, "pods"), a.wait(46_000)), "fail", "neither watched nor listed again"],
  [
    "comes back from now on",
    (a) => (cutAndChange(a, "pods"), a.watch("pods"), a.change("modified", relabelled(first, "x")), a.upload(), a.wait(46_000)),
    "fail",
    "pods ops/legacy-4kd8z was deleted",
  ],
  [
    "is told to leave too soon",
    (a) => (cutAndChange(a, "pods"), a.watch("pods"), a.wait(3000)),
    "not-testable",
    "nothing changed",
  ],
  ["has no watch cut", (a) => (a.change("created", fresh), a.upload()), "not-testable", "no watch was cut"],
  ["ends by itself", (a) => (cutAndChange(a, "pods"), a.exit()), "not-testable", "KAS-LIFE-5"],
]);

table("KAS-WATCH-4", "api-watch-cut", [["never watches", (a) => (a.list("pods"), a.upload()), "not-applicable", "KAS-WATCH-1"]], {
  withoutWatches: true,
});

const expireAndChange = (a: ApiActor) => {
  a.change("created", second);
  a.expire("pods");
  changes(a);
};

table("KAS-WATCH-2", "api-watch-expired", [
  ["lists again", (a) => (expireAndChange(a), a.list("pods"), a.watch("pods"), a.upload()), "pass", "while a watch had expired"],
  [
    "keeps what the list no longer has",
    (a) => (expireAndChange(a), a.list("pods", { taken: "merged" }), a.watch("pods"), a.upload(), a.wait(46_000)),
    "fail",
    "still holds it",
  ],
  ["watches on", (a) => (expireAndChange(a), a.watch("pods"), a.upload(), a.wait(46_000)), "fail", "no list of pods was read"],
  ["lists again too late", (a) => (expireAndChange(a), a.wait(46_000), a.list("pods"), a.upload()), "fail", "showed 47"],
  [
    "is told to leave too soon",
    (a) => (expireAndChange(a), a.wait(3000)),
    "not-testable",
    "no watch expired, or nothing changed",
  ],
  ["had no watch expire", (a) => a.beats(3), "not-testable", "no watch expired"],
]);

const changeBetween = (a: ApiActor) => {
  a.expire("pods");
  a.list("pods");
  a.change("created", fresh);
  a.change("deleted", old);
  a.wait(500);
};

table("KAS-WATCH-3", "api-watch-expired", [
  [
    "watches from where the list ended",
    (a) => (changeBetween(a), a.watch("pods"), a.list("pods"), a.upload()),
    "pass",
    "2 changes between a list and its watch",
  ],
  [
    "watches from now on",
    (a) => (changeBetween(a), a.watch("pods"), a.change("modified", relabelled(first, "x")), a.upload(), a.wait(46_000)),
    "fail",
    "pods shop/web-7d4b9c6f5-n3w00 was created",
  ],
  ["has nothing change in between", (a) => a.beats(3), "not-testable", "nothing changed between"],
]);

const STALE = { fault: "api-stale-list", resources: ["pods"], page: "first" };

/** While the agent is away one Pod comes and one goes; its list is answered as it was before, and nothing happens after that. */
const staleList = (a: ApiActor) => {
  a.cut("pods");
  a.change("created", fresh);
  a.change("deleted", old);
  a.fault(STALE, "scripted");
  a.fault(STALE, "fired", a.list("pods", { taken: "not" }));
  a.wait(500);
};

table("KAS-WATCH-3", "api-list-stale", [
  [
    "watches from where that list was",
    (a) => (staleList(a), a.watch("pods"), a.list("pods"), a.upload()),
    "pass",
    "2 changes between a list and its watch",
  ],
  [
    "watches from now on",
    (a) => (staleList(a), a.watch("pods"), a.change("modified", relabelled(first, "x")), a.upload(), a.wait(46_000)),
    "fail",
    "pods ops/legacy-4kd8z was deleted",
  ],
]);
