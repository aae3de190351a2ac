import { describe, expect, it } from "vitest";
import { createApiActor, named } from "./testing/api-actor.ts";
import type { Placed } from "./testing/world.ts";

const ledger = named("ledger-0");
const isPod = ({ resource }: Placed) => resource === "pods";
const isIngress = ({ resource }: Placed) => resource.startsWith("ingresses.");
const isNode = ({ resource }: Placed) => resource === "nodes";
const all = () => true;
const none = () => false;

const rows: readonly (readonly [string, string, (placed: Placed) => boolean, string, string])[] = [
  ["KAS-OBJ-8", "without pods", isPod, "not-testable", "no snapshot holds two pods"],
  ["KAS-OBJ-8", "with one pod", (placed) => isPod(placed) && placed.object !== ledger.object, "not-testable", "holds two pods"],
  ["KAS-OBJ-8", "with all", none, "fail", "has the identity of"],
  ["KAS-OBJ-9", "of nothing", all, "not-testable", "gave no managedFields"],
  ["KAS-OBJ-10", "without ingresses", isIngress, "not-applicable", "uploads no ingresses"],
  ["KAS-OBJ-11", "without pods", isPod, "fail", "there is no Pod"],
  ["KAS-OBJ-11", "without nodes", isNode, "fail", "no Node has an address"],
  ["KAS-OBJ-11", "of nothing", all, "fail", "there is no Pod"],
];

describe("a snapshot", () => {
  it.each(rows)("%s: %s", (id, _name, without, verdict, text) => {
    const actor = createApiActor("first-snapshot", id, { profiles: ["core"] });
    actor.begin();
    for (const kind of ["nodes", "namespaces", "replicasets.apps", "pods", "ingresses.networking.k8s.io"]) actor.list(kind);
    actor.wait(100);
    actor.upload("", without);
    actor.wait(6000);
    expect(actor.judge()).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });
});
