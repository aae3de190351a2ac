import { describe, expect, it } from "vitest";
import { type ApiActor, createApiActor, named } from "./testing/api-actor.ts";
import { table } from "./testing/api-table.ts";
import { isSet, scaled, set } from "./testing/scaling.ts";
import { type Placed, pod, workload } from "./testing/world.ts";

const old = named("legacy-4kd8z");
const fresh = pod("shop", "web-7d4b9c6f5-n3w00", named("web-7d4b9c6f5"), 30);
const isPod = ({ resource }: Placed) => resource === "pods";
const isNode = ({ resource }: Placed) => resource === "nodes";
const is = (one: Placed) => (placed: Placed) => placed.object === one.object;

const refused = (a: ApiActor, resource: string) => {
  a.cut(resource);
  a.refused({ code: 403, times: "all" }, resource);
};

/** A fault hits the watch of a kind. */
const failing = (a: ApiActor, script: object, resource: string) => {
  a.cut(resource);
  a.fault(script, "scripted");
  a.fault(script, "fired", a.watch(resource));
};
const setOf = (replicas: number) => workload("ReplicaSet", "shop", "later-5c9d8", undefined, replicas);

describe("KAS-LIFE-5 in a story with steps that are not for the agent", () => {
  it.each<readonly [string, (a: ApiActor) => void, string, string]>([
    ["ends by itself after a fault", (a) => (refused(a, "pods"), a.wait(500), a.exit()), "fail", "0.5 s after the fault"],
    ["goes on after a fault", (a) => (refused(a, "pods"), a.beats(2)), "pass", "outlived 1 fault"],
    ["meets none", (a) => a.beats(2), "not-applicable", "for agents that watch"],
    ["ends by itself though it meets none", (a) => a.exit(), "not-testable", "before any fault"],
  ])("%s", (_name, act, verdict, text) => {
    const actor = createApiActor("api-kind-refused", "KAS-LIFE-5", { profiles: ["kubernetes", "recovery"] });
    actor.start();
    actor.passOver();
    act(actor);
    expect(actor.judge()).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });
});

describe("KAS-SNAP-6 of a kind that was never listed to its end", () => {
  const begun = (...before: readonly (readonly ["created" | "deleted", Placed])[]) => {
    const actor = createApiActor("api-lists-in-pages", "KAS-SNAP-6");
    for (const [change, placed] of before) actor.change(change, placed);
    actor.begin();
    actor.refused({ code: 500 }, "nodes", "list");
    for (const kind of ["nodes", "namespaces", "pods"]) actor.list(kind);
    return actor;
  };
  const ended = (actor: ApiActor) => {
    actor.upload();
    actor.wait(6000);
    actor.list(set.resource);
    actor.upload();
    return actor.judge();
  };

  it("asks for what was there from the start until the snapshot", () => {
    const actor = begun(["created", setOf(2)]);
    actor.change("deleted", set);
    expect(ended(actor)).toMatchObject({ verdict: "fail", message: expect.stringContaining("later-5c9d8") as string });
  });

  it("asks for nothing that is there all the same, came later or is gone", () => {
    const watched = begun();
    watched.watch(set.resource);
    watched.change("modified", scaled(3));
    expect(ended(watched)).toMatchObject({ verdict: "pass" });
    const came = begun(["deleted", set]);
    came.change("created", setOf(2));
    expect(ended(came)).toMatchObject({ verdict: "pass" });
    const gone = begun(["created", setOf(2)]);
    gone.watch(set.resource);
    gone.change("modified", setOf(3));
    gone.change("deleted", set);
    expect(ended(gone)).toMatchObject({ verdict: "pass" });
  });

  it.each<readonly [string, readonly number[], readonly number[], string]>([
    ["might be left out until the agent started", [0, 2], [], "fail"],
    ["may be left out since then", [], [0], "pass"],
    ["might be left out when the agent started", [0], [2], "pass"],
  ])("is left out where all %s", (_name, before, since, verdict) => {
    const actor = createApiActor("api-lists-in-pages", "KAS-SNAP-6");
    for (const replicas of before) actor.change("modified", scaled(replicas));
    actor.begin();
    actor.refused({ code: 500 }, "nodes", "list");
    for (const kind of ["nodes", "namespaces", "pods"]) actor.list(kind);
    for (const replicas of since) actor.change("modified", scaled(replicas));
    actor.upload();
    actor.wait(6000);
    actor.list(set.resource);
    actor.upload();
    expect(actor.judge()).toMatchObject({ verdict });
  });
});

table("KAS-SNAP-8", "api-kind-refused", [
  ...["api-stall", "api-truncate"].map((fault): readonly [string, (a: ApiActor) => void, string, string] => [
    `leaves out what it could not read by ${fault}`,
    (a) => (failing(a, { fault, resources: ["pods"] }, "pods"), a.upload("", isPod)),
    "fail",
    "4 objects of pods that were uploaded before",
  ]),
  [
    "leaves out what the fault touches that comes first, and was scripted last",
    (a) => {
      const later = { fault: "api-status", resources: ["nodes"], code: 403 };
      a.fault(later, "scripted");
      refused(a, "pods");
      a.upload("", isPod);
      a.fault(later, "fired", a.watch("nodes", 403));
      a.list("pods");
      a.upload();
    },
    "fail",
    "4 objects of pods that were uploaded before",
  ],
  [
    "leaves out what it might have left out once",
    (a) => {
      a.change("created", setOf(0));
      a.change("modified", setOf(2));
      a.upload();
      a.wait(9000);
      refused(a, "replicasets.apps");
      a.upload("", isSet);
    },
    "fail",
    "2 objects of replicasets.apps that were uploaded before",
  ],
  [
    "leaves out what it might leave out when it heard of it last",
    (a) => {
      a.change("modified", scaled(0));
      refused(a, "replicasets.apps");
      a.change("modified", scaled(2));
      a.wait(9000);
      a.upload("", isSet);
    },
    "pass",
    "lack nothing that exists",
  ],
  [
    "leaves out what it may leave out only afterwards",
    (a) => (refused(a, "replicasets.apps"), a.upload("", isSet), a.wait(1000), a.change("modified", scaled(0)), a.upload()),
    "fail",
    "1 object of replicasets.apps that were uploaded before",
  ],
  [
    "leaves out what is deleted only afterwards",
    (a) => (refused(a, "pods"), a.upload("", is(old)), a.wait(1000), a.change("deleted", old), a.upload()),
    "fail",
    "1 object of pods that were uploaded before and still exist",
  ],
  ["leaves out what no trouble touches", (a) => (refused(a, "pods"), a.upload("", isNode)), "pass", "lack nothing that exists"],
  [
    "leaves out what trouble touches later",
    (a) => (refused(a, "pods"), a.upload("", isNode), a.wait(1000), refused(a, "nodes"), a.upload()),
    "pass",
    "2 requests failed, and 2 snapshots since then",
  ],
  [
    "leaves out what it never had",
    (a) => (a.change("created", fresh, "in-the-agent"), refused(a, "pods"), a.upload()),
    "pass",
    "lack nothing that exists",
  ],
  [
    "leaves out what it comes to have only later",
    (a) => {
      a.change("created", fresh, "in-the-agent");
      refused(a, "pods");
      a.upload();
      a.list("pods");
      a.upload();
    },
    "pass",
    "1 request failed, and 2 snapshots since then",
  ],
  [
    "leaves out what trouble with another kind did not touch",
    (a) => (a.refused({ code: 403 }, "configmaps", "list"), a.upload("", isPod)),
    "not-testable",
    "failed after its first snapshot",
  ],
]);

describe("trouble before the first snapshot", () => {
  const kinds = ["namespaces", "deployments.apps", "replicasets.apps", "statefulsets.apps", "replicationcontrollers"];
  const listed = (a: ApiActor) => (a.list("nodes"), a.list("pods"));
  const held = (a: ApiActor) => (a.refused({ code: 500 }, "nodes", "list"), listed(a));
  it.each<readonly [string, string, (a: ApiActor) => void, string, string]>([
    [
      "KAS-SNAP-6",
      "left out a kind of which all might be left out then",
      (a) => {
        a.change("modified", scaled(0));
        a.list("replicasets.apps");
        held(a);
        a.wait(6000);
        a.upload("", isSet);
        a.wait(1000);
        a.change("modified", scaled(2));
        a.list("replicasets.apps");
        a.upload();
      },
      "pass",
      "1 list held up",
    ],
    [
      "KAS-SNAP-6",
      "left out a kind of which all may be left out only afterwards",
      (a) => {
        held(a);
        a.wait(6000);
        a.upload("", isSet);
        a.change("modified", scaled(0));
        a.list("replicasets.apps");
        a.upload();
      },
      "fail",
      "nothing of replicasets.apps is there, and 1 object of it exist",
    ],
    [
      "KAS-SNAP-8",
      "is over, and pods go later",
      (a) => (a.refused({ code: 500 }, "pods", "list"), listed(a), a.upload(), a.wait(6000), a.upload("", isPod)),
      "not-testable",
      "failed after its first snapshot",
    ],
    [
      "KAS-SNAP-6",
      "held up a list of what is not uploaded",
      (a) => (a.refused({ code: 500 }, "configmaps", "list"), listed(a), a.upload()),
      "not-testable",
      "no list was held up",
    ],
    [
      "KAS-SNAP-6",
      "held up a list only afterwards",
      (a) => (listed(a), a.upload(), a.refused({ code: 500 }, "nodes", "list"), a.list("nodes"), a.upload()),
      "not-testable",
      "no list was held up",
    ],
    [
      "KAS-SNAP-6",
      "left out a kind of which nothing is there any more",
      (a) => {
        a.refused({ code: 500 }, "nodes", "list");
        listed(a);
        a.upload();
        a.wait(6000);
        for (const name of ["node-1", "node-2"]) a.change("deleted", named(name));
        a.list("nodes");
        a.upload();
      },
      "pass",
      "1 list held up",
    ],
  ])("%s: %s", (id, _name, act, verdict, text) => {
    const actor = createApiActor(id === "KAS-SNAP-6" ? "api-lists-in-pages" : "api-kind-refused", id);
    actor.begin();
    for (const kind of kinds) actor.list(kind);
    act(actor);
    expect(actor.judge()).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });
});

describe("KAS-SNAP-6 of a kind that was never listed to its end", () => {
  it.each<readonly [string, readonly number[], readonly number[], string]>([
    ["might be left out until the agent started", [0, 2], [], "fail"],
    ["may be left out since then", [], [0], "pass"],
    ["might be left out when the agent started", [0], [2], "pass"],
  ])("is left out where all %s", (_name, before, since, verdict) => {
    const actor = createApiActor("api-lists-in-pages", "KAS-SNAP-6");
    for (const replicas of before) actor.change("modified", scaled(replicas));
    actor.begin();
    actor.refused({ code: 500 }, "nodes", "list");
    for (const kind of ["nodes", "namespaces", "pods"]) actor.list(kind);
    for (const replicas of since) actor.change("modified", scaled(replicas));
    actor.upload();
    actor.wait(6000);
    actor.list(set.resource);
    actor.upload();
    expect(actor.judge()).toMatchObject({ verdict });
  });
});
