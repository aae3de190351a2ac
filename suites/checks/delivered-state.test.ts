import { describe, expect, it } from "vitest";
import { createApiActor, named, relabelled } from "./testing/api-actor.ts";
import { table } from "./testing/api-table.ts";
import { callerTable } from "./testing/caller-table.ts";
import { isSet, scaled, set } from "./testing/scaling.ts";
import { type Placed, pod, typeNames } from "./testing/world.ts";

const old = named("legacy-4kd8z");
const first = named("web-7d4b9c6f5-d5x7k");
const changed = relabelled(first, "canary");
const second = pod("shop", "web-7d4b9c6f5-n3w11", named("web-7d4b9c6f5"), 31);
const fresh = pod("shop", "web-7d4b9c6f5-n3w00", named("web-7d4b9c6f5"), 30);

table("KAS-SNAP-10", "api-watch-cut", [
  [
    "sends a state that was delivered",
    (a) => (a.change("created", fresh), a.change("deleted", old), a.upload()),
    "pass",
    "2 snapshots",
  ],
  [
    "is a little behind",
    (a) => (a.change("created", fresh), a.upload("", ({ object }) => object === fresh.object)),
    "pass",
    "2 snapshots",
  ],
  [
    "is far behind",
    (a) => (
      a.change("created", fresh),
      a.wait(9000),
      a.upload("", ({ object }) => object === fresh.object),
      a.wait(9000),
      a.upload()
    ),
    "fail",
    "pods shop/web-7d4b9c6f5-n3w00 is missing, delivered in version",
  ],
  [
    "takes the later of two changes alone",
    (a) => (
      a.change("created", fresh, "in-the-agent"),
      a.wait(100),
      a.change("deleted", old),
      a.upload(),
      a.list("pods"),
      a.upload()
    ),
    "fail",
    "is no state that was delivered during",
  ],
  ["sends an object as it was changed", (a) => (a.change("modified", changed), a.upload()), "pass", "2 snapshots"],
  [
    "sends an object as it was before a change a moment ago",
    (a) => (a.change("modified", changed, "in-the-agent"), a.upload()),
    "pass",
    "2 snapshots",
  ],
  [
    "sends an object as it was before a change long ago",
    (a) => (a.change("modified", changed, "in-the-agent"), a.wait(9000), a.upload()),
    "fail",
    "web-7d4b9c6f5-d5x7k is there in another form, delivered in version",
  ],
  [
    "takes what came after a change alone",
    (a) => (a.change("modified", changed, "in-the-agent"), a.wait(100), a.change("deleted", old), a.upload()),
    "fail",
    "is no state that was delivered during",
  ],
  [
    "takes a change back",
    (a) => {
      a.change("modified", changed);
      a.change("modified", relabelled(first, "later"), "in-the-agent");
      a.wait(100);
      a.change("modified", relabelled(first, "last"));
      a.wait(9000);
      a.upload();
    },
    "pass",
    "2 snapshots",
  ],
  [
    "takes what came after a change alone, before that change is taken back",
    (a) => {
      a.change("modified", changed, "in-the-agent");
      a.wait(100);
      a.change("deleted", old);
      a.upload();
      a.change("modified", first);
      a.upload();
    },
    "fail",
    "is no state that was delivered during",
  ],
  [
    "leaves out what it might have left out once",
    (a) => (a.change("modified", scaled(0)), a.change("modified", scaled(2)), a.wait(9000), a.upload("", isSet)),
    "fail",
    "replicasets.apps shop/web-7d4b9c6f5 is missing",
  ],
  [
    "leaves out what may be left out, until it may not any more",
    (a) => (
      a.change("modified", scaled(0)),
      a.upload("", isSet),
      a.wait(9000),
      a.upload("", isSet),
      a.change("modified", scaled(2)),
      a.upload()
    ),
    "pass",
    "4 snapshots",
  ],
  [
    "leaves out what may be left out only afterwards",
    (a) => (a.upload("", isSet), a.wait(1000), a.change("modified", scaled(0)), a.upload()),
    "fail",
    "replicasets.apps shop/web-7d4b9c6f5 is missing",
  ],
  [
    "sends what it was given by a list that it did not read to its end",
    (a) => {
      a.change("created", fresh, "on-the-way");
      a.change("created", second, "on-the-way");
      a.list("pods", { size: 5, pages: 1, taken: "merged" });
      a.upload();
    },
    "fail",
    "pods shop/web-7d4b9c6f5-n3w00 is there, and was not delivered as a part of any state",
  ],
  [
    "mixes two lists",
    (a) => {
      a.expire("pods");
      a.list("pods", { size: 2, pages: 1, taken: "merged" });
      a.change("deleted", first);
      a.change("created", fresh);
      a.list("pods", { taken: "merged" });
      a.upload();
    },
    "fail",
    "is there, gone by API request",
  ],
]);

describe("KAS-SNAP-10 soon after the start", () => {
  const none = ({ resource }: Placed) => resource === "pods";

  it.each([
    ["that it has not read yet", 0, "pass", "2 snapshots"],
    ["that it has shown before", 1, "fail", "legacy-4kd8z is missing, delivered in version"],
  ])("judges a kind without objects %s", (_name, shown, verdict, text) => {
    const actor = createApiActor("api-kind-refused", "KAS-SNAP-10");
    actor.begin();
    for (const resource of Object.keys(typeNames)) actor.list(resource);
    for (let upload = 0; upload < 2; upload += 1) {
      actor.wait(500);
      actor.upload("", upload < shown ? undefined : none);
    }
    expect(actor.judge()).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });

  it("judges a kind that it has had time to read, though it was told of a change a moment ago", () => {
    const actor = createApiActor("api-kind-refused", "KAS-SNAP-10");
    actor.begin();
    for (const resource of Object.keys(typeNames)) actor.list(resource);
    actor.watch("pods");
    actor.wait(9000);
    actor.change("modified", changed);
    actor.upload("", none);
    actor.upload();
    expect(actor.judge()).toMatchObject({
      verdict: "fail",
      message: expect.stringContaining("legacy-4kd8z is missing, delivered in version") as string,
    });
  });

  it("judges what may be left out by what it is sent as", () => {
    const actor = createApiActor("api-kind-refused", "KAS-SNAP-10");
    actor.begin();
    actor.change("modified", scaled(0));
    actor.list(set.resource);
    actor.upload();
    expect(actor.judge()).toMatchObject({
      verdict: "pass",
      message: expect.stringContaining("of up to 1 object") as string,
    });
  });

  it("judges no kind that an earlier life has shown, and this one has not read", () => {
    const actor = createApiActor("api-kind-refused", "KAS-SNAP-10");
    actor.start();
    actor.begin();
    for (const resource of Object.keys(typeNames)) if (resource !== "pods") actor.list(resource);
    actor.upload("", none);
    expect(actor.judge()).toMatchObject({ verdict: "pass", message: expect.stringContaining("2 snapshots") as string });
  });

  it("judges nothing by what it sends before it has read all of a kind", () => {
    const actor = createApiActor("api-kind-refused", "KAS-SNAP-10");
    actor.begin();
    actor.list("pods", { size: 2, pages: 1 });
    actor.upload();
    actor.list("pods");
    actor.upload();
    expect(actor.judge()).toMatchObject({ verdict: "pass", message: expect.stringContaining("2 snapshots") as string });
  });

  it("judges nothing by what it never sends", () => {
    const actor = createApiActor("api-kind-refused", "KAS-SNAP-10");
    actor.begin();
    for (const resource of Object.keys(typeNames)) actor.list(resource);
    actor.upload("", ({ object }) => object === old.object);
    expect(actor.judge()).toMatchObject({ verdict: "pass", message: expect.stringContaining("of up to 3 objects") as string });
  });
});

const invented: Placed = { resource: "nodes", object: { metadata: { uid: "uid-invented", name: "invented" } } };

callerTable(
  "KAS-SNAP-10",
  "api-watch-cut",
  [
    [
      "sends nothing but what never was",
      (a) => (a.wait(9000), a.send(invented), a.upload(1n, {}, (placed) => placed !== invented)),
      "not-testable",
      "no kind was delivered and uploaded",
    ],
  ],
  { profiles: ["kubernetes"] },
);

callerTable(
  "KAS-SNAP-10",
  "api-watch-cut",
  [
    [
      "sends an object in a form that it never had",
      (a) => (a.change("modified", changed), a.send(relabelled(first, "strange")), a.wait(9000), a.upload(1n)),
      "pass",
      "1 snapshot, each kind a state",
    ],
  ],
  { profiles: ["kubernetes"] },
);
