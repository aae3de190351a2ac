import { describe, expect, it } from "vitest";
import { type ApiActor, createApiActor, named } from "./testing/api-actor.ts";
import { table } from "./testing/api-table.ts";
import { pod } from "./testing/world.ts";

const fresh = pod("shop", "web-7d4b9c6f5-n3w00", named("web-7d4b9c6f5"), 30);

/** Pods are refused from now on. */
const lasting = (a: ApiActor) => {
  a.cut("pods");
  return a.refused({ code: 403, times: "all" }, "pods");
};

const lastingFor = (a: ApiActor, milliseconds: number) => {
  const script = lasting(a);
  a.wait(milliseconds);
  a.fault(script, "removed");
  a.watch("pods");
};

const bareBeats = (a: ApiActor, number: number) => {
  for (let beat = 0; beat < number; beat += 1) {
    a.wait(1000);
    a.bareBeat();
  }
};

table("KAS-ERR-1", "api-kind-refused", [
  ["has no error_msg at all", (a) => (lasting(a), bareBeats(a, 9)), "fail", "stayed empty"],
  [
    "has each watch reset once it is open, and says nothing",
    (a) => {
      const script = { fault: "api-reset", resources: ["pods"], times: "all" };
      a.fault(script, "scripted");
      a.cut("pods");
      for (let time = 0; time < 12; time += 1) {
        a.fault(script, "fired", a.watch("pods"));
        a.cut("pods");
        a.beats(1);
      }
    },
    "fail",
    "stayed empty",
  ],
  [
    "told of something else before, and not of it",
    (a) => (a.beat("nodes: slow"), lasting(a), a.beats(9)),
    "fail",
    "stayed empty",
  ],
  [
    "tells of it once it is over",
    (a) => (lasting(a), a.beats(9), a.watch("pods"), a.beat("pods: 403")),
    "fail",
    "no request that the target stores",
  ],
  [
    "tells of it in what is not stored",
    (a) => (lasting(a), a.wait(3000), a.strangeBeat("pods: 403"), a.beats(9)),
    "fail",
    "stayed empty",
  ],
  [
    "tells of it with a new snapshot",
    (a) => (lasting(a), a.wait(3000), a.upload("pods: 403"), a.beats(9)),
    "pass",
    "told 3 s after",
  ],
  ["goes on telling", (a) => (lasting(a), a.wait(3000), a.send("pods: 403"), a.beats(30, "pods: 403")), "pass", "told 3 s after"],
  [
    "lists where it may not watch",
    (a) => (lasting(a), a.beats(2), a.list("pods"), a.beats(9)),
    "not-testable",
    "over before it had to be told",
  ],
  [
    "tells of it once, though it goes on",
    (a) => {
      const script = lasting(a);
      a.wait(3000);
      a.send("pods: 403");
      a.fault(script, "fired", a.watch("pods", 403));
      a.beats(9);
    },
    "pass",
    "told 3 s after",
  ],
  [
    "gets a single object meanwhile",
    (a) => (lasting(a), a.wait(1000), a.get("pods"), a.beats(9)),
    "fail",
    "pods: 1 request failed",
  ],
  [
    "is refused by the cluster itself meanwhile",
    (a) => (lasting(a), a.wait(1000), a.watch("pods", 403), a.beats(9)),
    "fail",
    "pods: 1 request failed",
  ],
  [
    "lists another kind meanwhile",
    (a) => (lasting(a), a.wait(1000), a.list("nodes"), a.beats(9)),
    "fail",
    "pods: 1 request failed",
  ],
  [
    "begins its watch anew later",
    (a) => (lasting(a), a.beats(2), a.watch("pods"), a.beats(30), a.cut("pods"), a.watch("pods"), a.beats(9)),
    "not-testable",
    "over before it had to be told",
  ],
  [
    "has trouble with one kind for a moment, and with another for long",
    (a) => {
      a.refused({ code: 500 }, "pods");
      a.wait(400);
      a.watch("pods");
      a.wait(7000);
      a.refused({ code: 403, times: "all" }, "nodes");
      a.wait(3000);
      a.send("nodes: 403");
      a.beats(4, "nodes: 403");
    },
    "pass",
    "told 3 s after nodes",
  ],
  [
    "says nothing of trouble with a kind that had trouble for a moment before",
    (a) => {
      a.refused({ code: 500 }, "pods");
      a.wait(400);
      a.watch("pods");
      a.beats(7);
      lasting(a);
      a.beats(9);
    },
    "fail",
    "pods: 1 request failed in 9",
  ],
  [
    "tells of trouble with a kind once, and not when it comes again",
    (a) => {
      const script = lasting(a);
      a.wait(3000);
      a.send("pods: 403");
      a.fault(script, "removed");
      a.watch("pods");
      a.beats(7);
      lasting(a);
      a.beats(9);
    },
    "fail",
    "pods: 1 request failed in 9",
  ],
  [
    "may not read what it does not upload",
    (a) => (a.refused({ code: 403, times: "all" }, "configmaps", "list"), a.beats(9)),
    "not-testable",
    "no list or watch failed",
  ],
]);

table("KAS-ERR-2", "api-kind-refused", [
  ["told in a heartbeat of what was before", (a) => (a.beat("slow"), lasting(a), a.send("pods: 403")), "pass", "1 request with"],
  [
    "sends the newest snapshot again under a new version",
    (a) => (a.change("created", fresh), a.upload(), lasting(a), a.upload("pods: 403")),
    "fail",
    "under another version",
  ],
  [
    "has no error_msg in its heartbeats",
    (a) => (lasting(a), a.beats(2), a.send("pods: 403")),
    "pass",
    "1 request with error_msg",
  ],
]);

table("KAS-ERR-3", "api-kind-refused", [
  [
    "has a fault that is never over",
    (a) => (lasting(a), a.wait(3000), a.send("pods: 403"), a.beats(50)),
    "not-testable",
    "never ended",
  ],
  [
    "is heard no more once it is over",
    (a) => {
      const script = lasting(a);
      a.wait(3000);
      a.send("pods: 403");
      a.fault(script, "removed");
      a.wait(60_000);
    },
    "fail",
    'error_msg "pods: 403", the last before the last fault was over',
  ],
  [
    "is heard no more soon after it was over",
    (a) => {
      const script = lasting(a);
      a.wait(3000);
      a.send("pods: 403");
      a.fault(script, "removed");
      a.beats(2, "pods: 403");
      a.wait(60_000);
    },
    "fail",
    'error_msg "pods: 403", 2 s after the last fault was over',
  ],
  [
    "has no list fail",
    (a) => {
      const script = { fault: "api-stale-list", resources: ["pods"], page: "first" };
      a.fault(script, "scripted");
      a.fault(script, "fired", a.list("pods"));
      a.beats(3, "pods: stale");
      a.fault(script, "removed");
      a.beat();
    },
    "not-testable",
    "never ended",
  ],
  ["tells of it only afterwards", (a) => (lastingFor(a, 3000), a.beats(2, "pods: 403"), a.beat()), "not-applicable", "KAS-ERR-1"],
  [
    "is clean again, and for long",
    (a) => {
      const script = lasting(a);
      a.wait(3000);
      a.send("pods: 403");
      a.fault(script, "removed");
      a.beats(4, "pods: 403");
      a.beats(60);
    },
    "pass",
    "empty again 5 s after",
  ],
]);

describe("trouble before the first snapshot", () => {
  it.each([
    ["KAS-ERR-1", "not-testable", "no list or watch failed for good"],
    ["KAS-ERR-2", "not-applicable", "KAS-ERR-1"],
  ])("is none of %s", (id, verdict, text) => {
    const actor = createApiActor("api-kind-refused", id);
    actor.begin();
    actor.refused({ code: 500 }, "pods", "list");
    actor.wait(400);
    actor.beat("pods: 500");
    for (const kind of ["nodes", "namespaces", "deployments.apps", "replicasets.apps", "pods"]) actor.list(kind);
    actor.watch("pods");
    actor.upload();
    actor.beats(12);
    expect(actor.judge()).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });
});
