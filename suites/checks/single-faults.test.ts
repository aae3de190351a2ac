import { expect, it } from "vitest";
import { type ApiActor, createApiActor } from "./testing/api-actor.ts";
import { table } from "./testing/api-table.ts";

/** Something fails once, and succeeds at the next try. */
const hiccup = (a: ApiActor, resource: string) => {
  a.refused({ code: 500 }, resource);
  a.wait(400);
  a.watch(resource);
};

/** Pods are refused for a while. */
const lastsFor = (a: ApiActor, milliseconds: number) => {
  a.cut("pods");
  const script = a.refused({ code: 403, times: "all" }, "pods");
  a.wait(milliseconds);
  a.fault(script, "removed");
  a.watch("pods");
};

table("KAS-ERR-5", "api-throttled", [
  [
    "tells of one to the end",
    (a) => (hiccup(a, "pods"), a.beats(4, "pods: 500")),
    "fail",
    'error_msg "pods: 500"; API request 17 (watch pods, 500, ',
  ],
  [
    "tells of another kind, each watch of which is reset once it is open",
    (a) => {
      const script = { fault: "api-reset", resources: ["nodes"], times: "all" };
      const reset = () => (a.cut("nodes"), a.wait(400), a.fault(script, "fired", a.watch("nodes")));
      a.fault(script, "scripted");
      reset();
      reset();
      hiccup(a, "pods");
      a.beat();
      a.beat("nodes: reset");
      reset();
      a.beats(4, "nodes: reset");
    },
    "pass",
    "1 single fault",
  ],
  [
    "is reset at the next try",
    (a) => {
      const script = { fault: "api-reset", resources: ["pods"] };
      a.refused({ code: 500 }, "pods");
      a.wait(400);
      a.fault(script, "scripted");
      a.fault(script, "fired", a.watch("pods"));
      a.cut("pods");
      a.wait(400);
      a.watch("pods");
      a.beats(4);
    },
    "not-testable",
    "no list or watch failed once",
  ],
  [
    "tells of another kind that is refused again and again",
    (a) => {
      const script = a.refused({ code: 403, times: "all" }, "nodes");
      a.wait(800);
      a.fault(script, "fired", a.watch("nodes", 403));
      hiccup(a, "pods");
      a.beat();
      a.beat("nodes: 403");
      a.wait(400);
      a.fault(script, "fired", a.watch("nodes", 403));
      a.beats(4, "nodes: 403");
    },
    "pass",
    "1 single fault",
  ],
  [
    "tells of one before a busy machine and after it",
    (a) => (hiccup(a, "pods"), a.beat("pods: 500"), a.wait(400), a.stall(300), a.beat("pods: 500"), a.beats(4)),
    "fail",
    "was reported",
  ],
  [
    "tells of one of two, on a busy machine",
    (a) => {
      hiccup(a, "pods");
      a.beats(12);
      a.refused({ code: 500 }, "nodes");
      a.wait(400);
      a.stall(300);
      a.watch("nodes");
      a.beat("nodes: 500");
      a.beats(4);
    },
    "not-testable",
    "a fault was reported",
  ],
  [
    "tells of a refusal after one, and before another",
    (a) => {
      hiccup(a, "pods");
      a.beat();
      for (const tells of ["nodes: 429", ""]) {
        a.refused({ code: 429, retryAfterSeconds: 1 }, "nodes");
        a.wait(400);
        a.watch("nodes");
        a.beat(tells);
      }
      a.beats(4);
    },
    "pass",
    "healed by the next try",
  ],
  [
    "is refused again at the next try",
    (a) => {
      a.refused({ code: 500 }, "pods");
      a.wait(400);
      a.refused({ code: 429, retryAfterSeconds: 1 }, "pods");
      a.wait(400);
      a.watch("pods");
      a.beats(4);
    },
    "not-testable",
    "no list or watch failed once",
  ],
  [
    "is heard after the first of two, and no more after the other",
    (a) => (hiccup(a, "pods"), a.beats(4), hiccup(a, "nodes")),
    "pass",
    "2 single faults",
  ],
  [
    "is heard after the second of two",
    (a) => {
      hiccup(a, "pods");
      a.refused({ code: 429, retryAfterSeconds: 1 }, "nodes");
      a.wait(400);
      a.watch("nodes");
      a.beats(4);
      hiccup(a, "nodes");
      a.beats(4);
    },
    "pass",
    "2 single faults",
  ],
  [
    "tells of one that it tried again late, and is heard no more after one that healed soon",
    (a) => {
      a.refused({ code: 500 }, "pods");
      a.wait(3000);
      a.watch("pods");
      a.beat("pods: 500");
      hiccup(a, "nodes");
    },
    "not-testable",
    "no list or watch failed once",
  ],
  [
    "tells of one before another kind fails for long",
    (a) => {
      a.refused({ code: 500 }, "pods");
      a.beat("pods: 500");
      a.refused({ code: 403, times: "all" }, "nodes");
      a.wait(400);
      a.watch("pods");
      a.beats(4, "nodes: 403");
    },
    "fail",
    "was reported",
  ],
  [
    "is heard no more after a fault that healed",
    (a) => {
      a.refused({ code: 500 }, "pods");
      a.wait(400);
      a.watch("pods");
    },
    "not-testable",
    "no list or watch failed once",
  ],
  ["has no error_msg at all", (a) => (hiccup(a, "pods"), a.wait(1000), a.bareBeat()), "pass", "1 single fault"],
  [
    "tells of one of two that healed",
    (a) => {
      a.refused({ code: 500 }, "pods");
      a.refused({ code: 500 }, "nodes");
      a.wait(400);
      a.watch("pods");
      a.watch("nodes");
      a.beat("pods: 500");
      a.beats(4);
    },
    "fail",
    "was reported",
  ],
  [
    "tells of one long after another that lasted",
    (a) => (lastsFor(a, 3000), a.beats(20), hiccup(a, "nodes"), a.beat("nodes: 500"), a.beats(4)),
    "fail",
    "was reported",
  ],
  [
    "tells of one long after another that lasted for two tries",
    (a) => {
      const script = a.refused({ code: 403, times: "all" }, "pods");
      a.wait(1500);
      a.fault(script, "fired", a.watch("pods", 403));
      a.wait(1500);
      a.fault(script, "removed");
      a.watch("pods");
      a.beats(20);
      hiccup(a, "nodes");
      a.beat("nodes: 500");
      a.beats(4);
    },
    "fail",
    "was reported",
  ],
  [
    "tells of a refusal that names its own time, after one",
    (a) => {
      hiccup(a, "pods");
      a.beat();
      a.refused({ code: 429, retryAfterSeconds: 1 }, "nodes");
      a.wait(400);
      a.watch("nodes");
      a.beat("nodes: 429");
      a.beats(4);
    },
    "pass",
    "healed by the next try",
  ],
  [
    "tells of a refusal that names its own time",
    (a) => {
      a.refused({ code: 429, retryAfterSeconds: 1 }, "pods");
      a.wait(400);
      a.watch("pods");
      a.beat("pods: 429");
      a.beats(4);
    },
    "not-testable",
    "no list or watch failed once",
  ],
  [
    "tells of one that comes several times",
    (a) => {
      a.refused({ code: 500, times: 3 }, "pods");
      a.wait(400);
      a.watch("pods");
      a.beat("pods: 500");
      a.beats(4);
    },
    "not-testable",
    "no list or watch failed once",
  ],
  [
    "makes nothing of one that is given its number",
    (a) => (a.refused({ code: 500, times: 1 }, "pods"), a.wait(400), a.watch("pods"), a.beats(4)),
    "pass",
    "1 single fault",
  ],
  [
    "tells of something long after it",
    (a) => (hiccup(a, "pods"), a.beats(5), a.beat("pods: slow"), a.beats(4)),
    "pass",
    "not reported",
  ],
  [
    "told of something else before that",
    (a) => (a.beat("a"), a.beat("b"), hiccup(a, "pods"), a.beats(4, "b"), a.beat()),
    "pass",
    "not reported",
  ],
  [
    "goes on to tell of something else",
    (a) => (a.beat("b"), hiccup(a, "pods"), a.beats(4, "b")),
    "not-testable",
    "no list or watch failed once",
  ],
  [
    "is heard after one only after the next",
    (a) => (
      hiccup(a, "pods"),
      a.refused({ code: 429, retryAfterSeconds: 1 }, "nodes"),
      a.wait(400),
      a.watch("nodes"),
      a.beats(4)
    ),
    "not-testable",
    "no list or watch failed once",
  ],
  ["stops telling of something else", (a) => (a.beats(2, "nodes: slow"), hiccup(a, "pods"), a.beats(4)), "pass", "not reported"],
  [
    "tells of one that only another kind outlived",
    (a) => {
      a.refused({ code: 500 }, "pods");
      a.wait(400);
      a.list("nodes");
      a.wait(2600);
      a.watch("pods");
      a.beat("pods: 500");
      a.beats(4);
    },
    "not-applicable",
    "more than its interval",
  ],
]);

it("KAS-ERR-5: a fault before the first snapshot is none that is judged", () => {
  const actor = createApiActor("api-throttled", "KAS-ERR-5");
  actor.begin();
  actor.refused({ code: 500 }, "pods", "list");
  actor.wait(400);
  actor.beat("pods: 500");
  for (const kind of ["nodes", "namespaces", "deployments.apps", "replicasets.apps", "pods"]) actor.list(kind);
  actor.watch("pods");
  actor.upload();
  actor.beats(12);
  expect(actor.judge()).toMatchObject({
    verdict: "not-testable",
    message: expect.stringContaining("no list or watch failed once") as string,
  });
});
