import { expect, it } from "vitest";
import { type ApiActor, createApiActor, relabelled } from "./testing/api-actor.ts";
import { table } from "./testing/api-table.ts";
import { changes, first, fresh, is, loses, resumes, second } from "./testing/missed-changes.ts";

const kinds = ["nodes", "namespaces", "replicasets.apps", "pods"];

table("KAS-WATCH-2", "api-watch-expired", [
  [
    "has a list expire",
    (a) => (a.list("pods", { status: 410, taken: "not" }), changes(a), a.wait(46_000), a.upload()),
    "not-testable",
    "no watch expired",
  ],
  [
    "is told so by the status",
    (a) => (a.cut("pods"), changes(a), a.watch("pods", 410), a.wait(1000), a.list("pods"), a.watch("pods"), a.upload()),
    "pass",
    "while a watch had expired",
  ],
  [
    "is told so by the status, and watches on",
    (a) => (a.cut("pods"), changes(a), a.watch("pods", 410), loses(a)),
    "fail",
    "no list of pods",
  ],
  [
    "is told of another error",
    (a) => {
      const script = { fault: "api-error-event", resources: ["pods"], code: 500 };
      a.fault(script, "scripted");
      a.fault(script, "fired", a.watch("pods"));
      a.expire("pods");
      changes(a);
      resumes(a);
      a.upload();
    },
    "not-testable",
    "no watch expired",
  ],
  [
    "is told so as it was scripted",
    (a) => {
      const script = { fault: "api-error-event", resources: ["pods"], code: 410 };
      a.fault(script, "scripted");
      a.fault(script, "fired", a.watch("pods"));
      a.expire("pods");
      changes(a);
      loses(a);
    },
    "fail",
    "no list of pods",
  ],
  [
    "is told so, and another kind of another error",
    (a) => {
      const script = { fault: "api-error-event", resources: ["nodes"], code: 500 };
      a.fault(script, "scripted");
      a.fault(script, "fired", a.watch("nodes"));
      a.expire("nodes");
      a.watch("nodes");
      a.expire("pods");
      changes(a);
      loses(a);
    },
    "fail",
    "no list of pods",
  ],
  [
    "gives the new list up after a page",
    (a) => (a.expire("pods"), changes(a), a.list("pods", { size: 2, pages: 1 }), a.watch("pods"), a.wait(46_000), a.upload()),
    "not-testable",
    "no watch expired, or nothing changed",
  ],
  [
    "gave another list up before",
    (a) => (a.list("pods", { size: 2, pages: 1, taken: "not" }), a.watch("pods"), a.expire("pods"), changes(a), loses(a)),
    "fail",
    "no list of pods",
  ],
  [
    "lists again, and again later",
    (a) => {
      a.expire("pods");
      changes(a);
      a.list("pods");
      a.watch("pods");
      a.upload();
      a.beats(60);
      a.list("pods");
      a.change("created", second);
      a.upload();
    },
    "pass",
    "2 changes while a watch had expired",
  ],
  [
    "had lost something before its watch expired",
    (a) => {
      a.change("created", second, "in-the-agent");
      a.change("modified", relabelled(first, "seen"));
      a.expire("pods");
      changes(a);
      a.list("pods");
      a.watch("pods");
      a.upload("", is(second));
      a.wait(46_000);
    },
    "pass",
    "2 changes while a watch had expired",
  ],
  [
    "is told of another error, of two kinds",
    (a) => {
      const script = { fault: "api-error-event", resources: ["pods", "nodes"], code: 500, times: "all" };
      a.fault(script, "scripted");
      for (const resource of ["pods", "nodes"]) {
        a.fault(script, "fired", a.watch(resource));
        a.expire(resource);
      }
      changes(a);
      resumes(a);
      a.list("nodes");
      a.upload();
    },
    "not-testable",
    "no watch expired",
  ],
  [
    "lists while it watches, and not when it is told so",
    (a) => {
      a.change("created", second, "on-the-way");
      a.list("pods", { taken: "not" });
      a.expire("pods");
      a.wait(46_000);
      a.list("pods", { taken: "not" });
      a.upload();
    },
    "fail",
    "pods shop/web-7d4b9c6f5-n3w11 was created",
  ],
  [
    "lists again, and gives another list up later",
    (a) => {
      a.expire("pods");
      changes(a);
      a.list("pods");
      a.watch("pods");
      a.upload();
      a.cut("pods");
      a.list("pods", { size: 2, pages: 1, taken: "not" });
      a.watch("pods");
      a.wait(6000);
      a.upload();
    },
    "pass",
    "2 changes while a watch had expired",
  ],
]);

/** What a list gives out of its time was given by an earlier one. */
const stale = (a: ApiActor, ...resources: readonly string[]) => {
  const script = { fault: "api-stale-list", resources, page: "first" };
  a.fault(script, "scripted");
  for (const resource of resources) a.fault(script, "fired", a.list(resource, { taken: "not" }));
};
/** It hits a list, which is of its time all the same. */
const slow = (a: ApiActor) => {
  const script = { fault: "api-latency", resources: ["pods"] };
  a.fault(script, "scripted");
  a.fault(script, "fired", a.list("pods"));
};

table("KAS-WATCH-3", "api-watch-expired", [
  [
    "is given a list of old, and watches from now on",
    (a) => (a.expire("pods"), changes(a), stale(a, "nodes", "pods"), loses(a)),
    "fail",
    "pods ops/legacy-4kd8z was deleted",
  ],
  [
    "is given a list of old after a slow one, and watches from now on",
    (a) => (a.expire("pods"), slow(a), changes(a), stale(a, "pods"), loses(a)),
    "fail",
    "pods ops/legacy-4kd8z was deleted",
  ],
  [
    "is given a slow list",
    (a) => (a.expire("pods"), changes(a), slow(a), a.watch("pods"), a.upload()),
    "not-testable",
    "nothing changed between",
  ],
  [
    "has its list refused, and watches",
    (a) => (a.expire("pods"), a.list("pods", { status: 500 }), changes(a), a.watch("pods"), a.upload()),
    "not-testable",
    "nothing changed between",
  ],
  [
    "lists in pages, and watches from now on",
    (a) => (a.expire("pods"), a.list("pods", { size: 2 }), changes(a), loses(a)),
    "fail",
    "pods ops/legacy-4kd8z was deleted",
  ],
  [
    "lists in pages, and watches from where they were",
    (a) => (a.expire("pods"), a.list("pods", { size: 2 }), changes(a), resumes(a), a.upload()),
    "pass",
    "3 changes between a list and its watch",
  ],
  [
    "lists twice before it watches",
    (a) => (a.expire("pods"), a.list("pods"), changes(a), a.list("pods"), a.watch("pods"), a.upload()),
    "not-testable",
    "nothing changed between",
  ],
  [
    "is not observed after its list",
    (a) => (a.expire("pods"), a.list("pods"), changes(a), a.upload()),
    "not-testable",
    "nothing changed between",
  ],
]);

it("KAS-WATCH-2: what was written before the first list is no change while a watch had expired", () => {
  const actor = createApiActor("api-watch-expired", "KAS-WATCH-2");
  actor.begin();
  actor.change("created", fresh);
  for (const resource of kinds) actor.list(resource);
  for (const resource of kinds) actor.watch(resource);
  actor.upload();
  actor.wait(6000);
  actor.expire("pods");
  actor.list("pods");
  actor.watch("pods");
  actor.upload();
  const { verdict, message } = actor.judge();
  expect(verdict).toBe("not-testable");
  expect(message).toContain("no watch expired, or nothing changed");
});
