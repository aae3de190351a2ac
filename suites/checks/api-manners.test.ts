import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import { type ApiActor, createApiActor, named, relabelled } from "./testing/api-actor.ts";
import { createCaller } from "./testing/caller.ts";
import { play, type Quirks } from "./testing/play.ts";
import { entryOf } from "./testing/wire.ts";
import { meta, pod } from "./testing/world.ts";

const set = named("web-7d4b9c6f5");
const first = named("web-7d4b9c6f5-d5x7k");
const fresh = pod("shop", "web-7d4b9c6f5-n3w00", set, 30);
const second = pod("shop", "web-7d4b9c6f5-n3w11", set, 31);

const quiet: readonly (readonly [string, (a: ApiActor) => void, string, string])[] = [
  [
    "is brought a change by its watch",
    (a) => (a.change("created", fresh), a.upload()),
    "pass",
    "the change after it came by a watch",
  ],
  [
    "lists while nothing changes",
    (a) => (a.list("pods"), a.wait(3000), a.change("created", fresh), a.upload()),
    "fail",
    "lists pods",
  ],
  [
    "lists what it does not upload",
    (a) => (a.list("configmaps", { taken: "not" }), a.wait(3000), a.change("created", fresh), a.upload()),
    "pass",
    "came by a watch",
  ],
  ["lists after the change", (a) => (a.change("created", fresh), a.list("pods"), a.upload()), "pass", "came by a watch"],
  [
    "is not brought it by a watch",
    (a) => (a.change("created", fresh, "on-the-way"), a.list("pods"), a.upload()),
    "fail",
    "showed though no watch had brought it",
  ],
  [
    "is brought another change by its watch",
    (a) => (a.change("created", fresh, "on-the-way"), a.change("modified", relabelled(first, "x")), a.list("pods"), a.upload()),
    "fail",
    "showed though no watch had brought it",
  ],
  [
    "never shows it",
    (a) => (a.change("created", fresh, "in-the-agent"), a.upload()),
    "not-testable",
    "never showed; see KAS-SNAP-5",
  ],
  [
    "never shows one, and another one",
    (a) => {
      a.change("modified", relabelled(first, "x"), "in-the-agent");
      a.wait(6500);
      a.upload();
      a.change("created", fresh);
      a.upload();
    },
    "pass",
    "came by a watch",
  ],
  [
    "has its watch cut by the server, and lists",
    (a) => (a.cut("pods", "server"), a.list("pods"), a.watch("pods"), a.wait(3000), a.change("created", fresh), a.upload()),
    "pass",
    "came by a watch",
  ],
  [
    "has its watch cut by a fault, and lists",
    (a) => (a.cut("pods"), a.list("pods"), a.watch("pods"), a.wait(3000), a.change("created", fresh), a.upload()),
    "pass",
    "came by a watch",
  ],
  [
    "ends its watch itself, and lists",
    (a) => (a.cut("pods", "client"), a.list("pods"), a.watch("pods"), a.wait(3000), a.change("created", fresh), a.upload()),
    "fail",
    "lists pods",
  ],
  [
    "has the watch of another kind cut, and lists",
    (a) => (a.cut("nodes"), a.list("pods"), a.wait(3000), a.watch("nodes"), a.change("created", fresh), a.upload()),
    "fail",
    "lists pods",
  ],
  [
    "had its watch cut long ago, and lists",
    (a) => {
      a.cut("pods");
      a.watch("pods");
      a.wait(3000);
      a.list("pods");
      a.change("created", fresh);
      a.upload();
    },
    "fail",
    "lists pods",
  ],
  [
    "lists in the longest quiet window, which is the last",
    (a) => {
      a.change("created", fresh);
      a.upload();
      a.wait(7000);
      a.change("modified", relabelled(fresh, "x"));
      a.upload();
      a.wait(9000);
      a.list("pods");
      a.wait(3000);
      a.change("created", second);
      a.upload();
    },
    "fail",
    "lists pods",
  ],
  [
    "lists in the longest quiet window, which is the first",
    (a) => {
      a.wait(6000);
      a.list("pods");
      a.change("created", fresh);
      a.upload();
      a.wait(7000);
      a.change("created", second);
      a.upload();
    },
    "fail",
    "lists pods",
  ],
  [
    "lists before it shows what ended the window before",
    (a) => {
      a.change("created", fresh);
      a.list("pods");
      a.upload();
      a.wait(9000);
      a.change("created", second);
      a.upload();
    },
    "pass",
    "came by a watch",
  ],
  [
    "lists in a quiet window in which it uploads nothing",
    (a) => (a.change("created", fresh), a.wait(9000), a.list("pods"), a.change("created", second), a.upload()),
    "fail",
    "lists pods",
  ],
  [
    "lists before a quiet window in which it uploads nothing",
    (a) => (a.list("pods"), a.change("created", fresh), a.wait(9000), a.change("created", second), a.upload()),
    "pass",
    "came by a watch",
  ],
  [
    "is brought it by a watch after it has shown it",
    (a) => {
      a.change("created", fresh, "on-the-way");
      a.list("pods");
      a.upload();
      a.change("modified", relabelled(fresh, "x"));
      a.upload();
    },
    "fail",
    "showed though no watch had brought it",
  ],
  [
    "was brought an older change of the same object by its watch",
    (a) => {
      a.change("modified", relabelled(first, "x"));
      a.upload();
      a.wait(9000);
      a.change("modified", relabelled(first, "y"), "on-the-way");
      a.list("pods");
      a.upload();
    },
    "fail",
    "showed though no watch had brought it",
  ],
  [
    "had a list refused long ago, and lists",
    (a) => {
      a.list("pods", { status: 500 });
      a.change("created", fresh);
      a.upload();
      a.wait(9000);
      a.list("pods");
      a.change("created", second);
      a.upload();
    },
    "fail",
    "lists pods",
  ],
  [
    "lists, and has its watch cut later",
    (a) => (a.list("pods"), a.wait(3000), a.change("created", fresh), a.upload(), a.cut("pods")),
    "fail",
    "lists pods",
  ],
];

/** An agent that has uploaded everything, and had six quiet seconds since then. */
describe("KAS-WATCH-1: a quiet window", () => {
  it.each(quiet)("%s", (_name, act, verdict, text) => {
    const actor = createApiActor("life-of-objects", "KAS-WATCH-1", { profiles: ["core"] });
    actor.start();
    act(actor);
    expect(actor.judge()).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });

  it("is long enough to show something", () => {
    const actor = createApiActor("life-of-objects", "KAS-WATCH-1", { profiles: ["core"] });
    actor.begin();
    for (const kind of ["nodes", "namespaces", "replicasets.apps", "pods"]) actor.list(kind);
    for (const kind of ["nodes", "namespaces", "replicasets.apps", "pods"]) actor.watch(kind);
    actor.wait(9000);
    actor.upload();
    actor.wait(3000);
    actor.list("pods");
    actor.change("created", fresh);
    actor.upload();
    actor.wait(20_000);
    expect(actor.judge()).toMatchObject({
      verdict: "not-testable",
      message: expect.stringContaining("without a change") as string,
    });
  });
});

/** The verdict on one requirement of an agent that asks for something beside the rest, or sends it. */
function verdictOf(id: string, quirks: Quirks): string | undefined {
  return judgeTranscript(play(quirks)).checks.find((check) => check.id === id)?.verdict;
}

const asks = (verb: string, method: string, path: string, resource?: string): Quirks => ({
  atStart: (tenant) => tenant.request(verb, method, path, resource),
});

describe("KAS-WATCH-7", () => {
  it.each([
    ["get", "GET", "pass"],
    ["get", "HEAD", "pass"],
    ["get", "OPTIONS", "pass"],
    ["list", "POST", "fail"],
    ["create", "GET", "fail"],
    ["delete", "DELETE", "fail"],
  ])("%s by %s", (verb, method, verdict) => {
    expect(verdictOf("KAS-WATCH-7", asks(verb, method, "/api/v1/nodes/one", "nodes"))).toBe(verdict);
    expect(verdictOf("KAS-WATCH-7", asks(verb, method, "/version"))).toBe(verdict);
  });
});

describe("KAS-SEC-1", () => {
  it.each([
    ["list", "secrets", "fail"],
    ["watch", "secrets", "fail"],
    ["get", "secrets", "pass"],
    ["watch", "events", "fail"],
    ["list", "leases.coordination.k8s.io", "pass"],
    ["list", "releases.example.org", "fail"],
    ["list", "ippools.crd.projectcalico.org", "pass"],
    ["list", "services", "pass"],
  ])("%s of %s", (verb, resource, verdict) => {
    expect(verdictOf("KAS-SEC-1", asks(verb, "GET", `/x/${resource}`, resource))).toBe(verdict);
  });

  it("is red for a Secret in a snapshot, whatever its type name", () => {
    const entry = entryOf("*v1.Secret", { metadata: meta("secrets", "ops", "token") });
    expect(verdictOf("KAS-SEC-1", { entries: (entries) => [...entries, entry] })).toBe("fail");
  });

  it("is red for a Secret in a snapshot that is called something else", () => {
    const secret = { resource: "secrets", object: { metadata: meta("secrets", "ops", "token") } };
    const entry = entryOf("*v1.ConfigMap", secret.object);
    const quirks: Quirks = { atStart: (tenant) => tenant.commit("created", secret), entries: (entries) => [...entries, entry] };
    expect(verdictOf("KAS-SEC-1", quirks)).toBe("fail");
  });

  it.each([
    ["get", "not-testable", "the agent listed nothing"],
    ["list", "pass", "1 resource listed or watched"],
    ["watch", "pass", "1 resource listed or watched"],
  ])("looks at an agent that asks to %s alone", (verb, verdict, text) => {
    const caller = createCaller("life-of-objects", "KAS-SEC-1");
    caller.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
    for (const req of [1, 2]) {
      const request = { req, method: "GET", verb, path: "/api/v1/nodes/one", resource: "nodes", protocol: "HTTP/1.1" };
      caller.line("api", "request", request);
    }
    caller.upload(1n);
    expect(caller.judge()).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });

  it("takes a kind that is uploaded as asked for", () => {
    const settings = entryOf("*v1.ConfigMap", { metadata: meta("configmaps", "ops", "settings"), data: { a: "1" } });
    const uploads: Quirks = { entries: (entries) => [...entries, settings] };
    expect(verdictOf("KAS-SEC-1", { ...uploads, ...asks("list", "GET", "/api/v1/configmaps", "configmaps") })).toBe("pass");
  });
});

describe("an agent that asks the API server for nothing", () => {
  it.each([
    ["KAS-WATCH-7", "asked nothing"],
    ["KAS-SEC-1", "listed nothing"],
  ])("shows nothing of %s", (id, text) => {
    const actor = createApiActor("life-of-objects", id, { profiles: ["core"] });
    actor.begin();
    actor.upload();
    actor.beats(3);
    expect(actor.judge()).toMatchObject({ verdict: "not-testable", message: expect.stringContaining(text) as string });
  });
});
