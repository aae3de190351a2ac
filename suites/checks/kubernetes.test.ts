import { describe, expect, it } from "vitest";
import { type ApiActor, createApiActor, named } from "./testing/api-actor.ts";
import { table } from "./testing/api-table.ts";
import { old } from "./testing/missed-changes.ts";
import type { Placed } from "./testing/world.ts";

const ledger = named("ledger-0");

/** The same object with a field that nobody reads. */
const unread = (placed: Placed): Placed => ({ ...placed, object: { ...placed.object, status: { observedGeneration: 7 } } });

const lasting = (a: ApiActor) => {
  a.cut("pods");
  return a.refused({ code: 403, times: "all" }, "pods");
};

table("KAS-ERR-1", "api-kind-refused", [
  ["tells of it", (a) => (lasting(a), a.wait(3000), a.send("pods: 403")), "pass", "told 3 s after pods"],
  ["is silent about it", (a) => (lasting(a), a.beats(9)), "fail", "error_msg stayed empty for 8 s"],
  ["tells of it too late", (a) => (lasting(a), a.beats(10), a.send("pods: 403")), "fail", "no request that the target stores"],
  [
    "is refused for a moment",
    (a) => (lasting(a), a.beats(2), a.watch("pods"), a.beats(9)),
    "not-testable",
    "over before it had to be told",
  ],
  ["is never refused", (a) => a.beats(9), "not-testable", "no list or watch failed"],
]);

table("KAS-ERR-2", "api-kind-refused", [
  ["sends the last snapshot with it", (a) => (lasting(a), a.send("pods: 403")), "pass", "1 request with error_msg"],
  ["sends it under another version", (a) => (lasting(a), a.upload("pods: 403")), "fail", "under another version"],
  [
    "sends one with it that differs in what no target reads",
    (a) => (lasting(a), a.change("modified", unread(named("web"))), a.upload("pods: 403")),
    "pass",
    "1 request with error_msg",
  ],
  ["tells of it in a heartbeat", (a) => (lasting(a), a.beat("pods: 403")), "fail", "without entries"],
  ["tells nothing", (a) => (lasting(a), a.beats(9)), "not-applicable", "KAS-ERR-1"],
  ["is never refused", (a) => a.beats(9), "not-testable", "no list or watch failed"],
]);

const ending = (a: ApiActor, told = "pods: 403") => {
  const script = lasting(a);
  a.wait(3000);
  a.send(told);
  a.fault(script, "removed");
};

table("KAS-ERR-3", "api-kind-refused", [
  ["is clean again", (a) => (ending(a), a.beats(4, "pods: 403"), a.beat()), "pass", "empty again 4 s after"],
  ["goes on telling", (a) => (ending(a), a.beats(47, "pods: 403")), "fail", "after the last fault was over"],
  ["tells of it again later", (a) => (ending(a), a.beat(), a.beats(47, "pods: 403")), "fail", "after the last fault was over"],
  ["is silent from then on", (a) => (ending(a), a.wait(46_000)), "fail", "was not empty again"],
  ["is told to leave too soon", (a) => (ending(a), a.beats(4, "pods: 403")), "not-testable", "was not observed for"],
  ["never told", (a) => (ending(a, ""), a.beats(4)), "not-applicable", "KAS-ERR-1"],
]);

const hiccup = (a: ApiActor, milliseconds = 400) => {
  a.refused({ code: 500 }, "pods");
  a.wait(milliseconds);
  a.watch("pods");
};

table("KAS-ERR-5", "api-throttled", [
  ["makes nothing of it", (a) => (hiccup(a), a.beats(4)), "pass", "1 single fault"],
  ["tells of it", (a) => (hiccup(a), a.beat("pods: 500"), a.beats(4)), "fail", "was reported"],
  [
    "tells of one that lasted",
    (a) => (hiccup(a, 3000), a.beat("pods: 500"), a.beats(4)),
    "not-applicable",
    "more than its interval",
  ],
  [
    "tells of another one, later",
    (a) => (hiccup(a), a.beat(), a.refused({ code: 403 }, "pods"), a.beat("pods: 403"), a.beats(4)),
    "pass",
    "healed by the next try",
  ],
  ["sees no fault", (a) => a.beats(4), "not-testable", "no list or watch failed once"],
]);

const throttled = (a: ApiActor, milliseconds: number) => {
  const script = { fault: "api-status", code: 429, retryAfterSeconds: 3, resources: ["pods"] };
  a.fault(script, "scripted");
  a.fault(script, "fired", a.list("pods", { status: 429, taken: "not" }));
  a.wait(milliseconds);
  a.list("pods");
};

const beside = (a: ApiActor, report: string) => {
  a.refused({ code: 503 }, "pods");
  a.refused({ code: 500 }, "nodes");
  a.wait(400);
  a.watch("nodes");
  a.wait(2500);
  a.beat(report);
  a.watch("pods");
  a.beats(4);
};

/** The fault heals at once, and the harness stands still, so that the agent does not learn of it. */
const unheard = (a: ApiActor) => {
  hiccup(a);
  a.wait(2000);
  a.stall(1500);
  a.beat("pods: 500");
  a.beats(4);
};

table("KAS-ERR-5", "api-throttled", [
  ["tells of one whose end it was not told of in time", unheard, "not-testable", "cannot be told: a fault was reported"],
  [
    "goes on with what it told before",
    (a) => (a.beat("nodes: slow"), a.beats(1, "nodes: slow"), hiccup(a), a.beats(4, "nodes: slow")),
    "not-testable",
    "with a request without error_msg",
  ],
  ["tells of one that lasts beside one that does not", (a) => beside(a, "pods: 503"), "pass", "2 single faults"],
]);

table("KAS-WATCH-8", "api-throttled", [
  ["waits as long as it is told", (a) => throttled(a, 3000), "pass", "3 s after a 429"],
  ["comes back at once", (a) => throttled(a, 500), "fail", "came 0.5 s later"],
  ["is never throttled", (a) => a.beats(2), "not-testable", "no request followed a 429"],
]);

const isPod = ({ resource }: { readonly resource: string }) => resource === "pods";

table("KAS-SNAP-8", "api-kind-refused", [
  [
    "keeps what it may not read",
    (a) => (lasting(a), a.change("created", named("shop")), a.upload()),
    "pass",
    "lack nothing that exists",
  ],
  ["drops what it may not read", (a) => (lasting(a), a.upload("", isPod)), "fail", "4 objects of pods that were uploaded before"],
  [
    "forgets what was deleted meanwhile",
    (a) => (lasting(a), a.change("deleted", old), a.upload("", (placed) => placed === old || placed.object === old.object)),
    "pass",
    "lack nothing",
  ],
  ["sends no snapshot", (a) => (lasting(a), a.beats(3)), "not-testable", "no snapshot came"],
  ["is never refused", (a) => (a.beats(3), a.upload()), "not-testable", "failed after its first snapshot"],
  ["is passed over", (a) => (a.passOver(), a.upload()), "not-applicable", "never watches (KAS-WATCH-1)"],
]);

const starting = (a: ApiActor, act: () => void) => {
  a.refused({ code: 500 }, "nodes", "list");
  act();
};

describe("KAS-SNAP-6 and the pages", () => {
  const kinds = ["namespaces", "deployments.apps", "replicasets.apps", "statefulsets.apps", "replicationcontrollers"];
  const rows: readonly (readonly [string, string, (a: ApiActor) => void, string, string])[] = [
    [
      "KAS-SNAP-6",
      "waits for all",
      (a) => starting(a, () => (a.list("nodes"), a.list("pods"), a.upload())),
      "pass",
      "1 list held up",
    ],
    [
      "KAS-SNAP-6",
      "sends before",
      (a) => starting(a, () => (a.list("pods"), a.upload(), a.list("nodes"), a.upload())),
      "fail",
      "nodes had not been listed to its end, and 2 objects of it are missing",
    ],
    [
      "KAS-SNAP-6",
      "sends in parts",
      (a) => starting(a, () => (a.list("nodes"), a.list("pods"), a.upload(), a.wait(9000), a.upload("", isPod))),
      "fail",
      "nothing of pods is there",
    ],
    [
      "KAS-SNAP-6",
      "gives up after a page",
      (a) => starting(a, () => (a.list("nodes"), a.list("pods", { size: 2, pages: 1 }), a.watch("pods"), a.upload())),
      "pass",
      "held up",
    ],
    ["KAS-SNAP-6", "is not held up", (a) => (a.list("nodes"), a.list("pods"), a.upload()), "not-testable", "no list was held up"],
    ["KAS-WATCH-5", "reads to the last page", (a) => (a.list("pods", { size: 2 }), a.upload()), "pass", "each read to its last"],
    [
      "KAS-WATCH-5",
      "gives up after a page",
      (a) => (a.list("pods", { size: 2, pages: 1 }), a.watch("pods"), a.upload(), a.wait(6000)),
      "fail",
      "2 objects and a token for more, which was never used",
    ],
    [
      "KAS-WATCH-5",
      "gives up after two",
      (a) => (a.list("pods", { size: 1, pages: 2 }), a.watch("pods"), a.upload(), a.wait(6000)),
      "fail",
      "2 objects and a token for more",
    ],
    [
      "KAS-WATCH-5",
      "gives up after a page, and reads another kind",
      (a) => (a.list("pods", { size: 2, pages: 1 }), a.list("nodes"), a.watch("pods"), a.upload(), a.wait(6000)),
      "fail",
      "2 objects and a token for more",
    ],
    [
      "KAS-WATCH-5",
      "gives up after a page, and lists again much later",
      (a) => {
        a.list("pods", { size: 2, pages: 1 });
        a.watch("pods");
        a.upload();
        a.wait(6000);
        a.list("pods", { size: 2 });
        a.upload();
      },
      "fail",
      "2 objects and a token for more",
    ],
    [
      "KAS-WATCH-5",
      "reads a list to its last page, and gives the next up",
      (a) => {
        a.list("pods", { size: 2 });
        a.upload();
        a.list("pods", { size: 2, pages: 1 });
        a.watch("pods");
        a.upload();
        a.wait(6000);
      },
      "fail",
      "2 objects and a token for more",
    ],
    [
      "KAS-WATCH-5",
      "asks for one to see whether it may",
      (a) => {
        a.list("pods", { size: 2 });
        a.list("pods", { limit: 1, size: 1, pages: 1, taken: "not" });
        a.watch("pods");
        a.upload();
        a.wait(6000);
      },
      "pass",
      "1 list came in pages",
    ],
    [
      "KAS-WATCH-5",
      "watches another kind before it begins anew",
      (a) => {
        a.list("pods", { size: 2, pages: 1 });
        a.watch("nodes");
        a.wait(6000);
        a.list("pods", { size: 2 });
        a.upload();
      },
      "pass",
      "2 lists came in pages",
    ],
    [
      "KAS-WATCH-5",
      "begins anew",
      (a) => (a.list("pods", { size: 2, pages: 1 }), a.list("pods", { size: 2 }), a.upload()),
      "pass",
      "2 lists came in pages",
    ],
    [
      "KAS-WATCH-5",
      "reads the further pages and forgets them",
      (a) => (
        a.list("pods", { size: 2 }),
        a.upload("", ({ object }) => object === old.object || object === ledger.object),
        a.wait(6000)
      ),
      "fail",
      "of its further pages are all missing",
    ],
    [
      "KAS-WATCH-5",
      "is between two pages",
      (a) => (a.list("pods", { size: 2, pages: 1 }), a.upload()),
      "not-testable",
      "was followed to its end",
    ],
    ["KAS-WATCH-5", "is given all at once", (a) => (a.list("pods"), a.upload()), "not-applicable", "KAS-WATCH-6"],
    ["KAS-WATCH-6", "asks for pages", (a) => (a.list("pods"), a.upload()), "pass", "in pages of 500"],
    [
      "KAS-WATCH-6",
      "asks for pages after it sent something",
      (a) => (a.upload(), a.list("pods"), a.upload()),
      "pass",
      "in pages of 500",
    ],
    ["KAS-WATCH-6", "asks for all", (a) => (a.list("pods", { limit: undefined }), a.upload()), "fail", "has no limit"],
    [
      "KAS-WATCH-6",
      "asks for all again later",
      (a) => (a.list("pods"), a.upload(), a.list("pods", { limit: undefined })),
      "pass",
      "in pages",
    ],
  ];
  it.each(rows)("%s: %s", (id, _name, act, verdict, text) => {
    const actor = createApiActor("api-lists-in-pages", id);
    actor.begin();
    for (const kind of kinds) actor.list(kind);
    act(actor);
    const judged = actor.judge();
    expect(judged).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });
});
