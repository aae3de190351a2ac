import type { Caller } from "./testing/caller.ts";
import { callerTable } from "./testing/caller-table.ts";
import { named } from "./testing/api-actor.ts";
import { encodeEnvelope } from "./testing/wire.ts";
import { namespace } from "./testing/world.ts";

const made = namespace("made");
const web = named("web-7d4b9c6f5-d5x7k");
const isPod = ({ resource }: { readonly resource: string }) => resource === "pods";

/** The server forgets everything, and asks. */
const asked = (a: Caller) => (a.upload(1n), a.beats(1, 1n), a.reset(), a.beats(1, 1n));

/** An agent asks for a list of a kind, and has it, at once or after it has done something else. */
const lists = (a: Caller, resource: string, meanwhile: () => void = () => undefined) => {
  const request = { req: 90, method: "GET", verb: "list", path: `/x/${resource}?limit=500`, resource, protocol: "HTTP/1.1" };
  a.line("api", "request", request);
  meanwhile();
  a.line("api", "page", { req: 90, resource, resourceVersion: "1", more: false, items: [] });
  a.line("api", "end", { req: 90, status: 200, reason: "complete" });
};

/** The answer that asks for everything is lost on its way. */
const askedInVain = (a: Caller) => {
  const base64 = encodeEnvelope({ clusterId: "d-held-version-lost", version: 1n, agentId: 7 }).toString("base64");
  const path = "/agent.Synchronizer/KubernetesAPISync";
  a.line("rpc", "request", { call: 90, path, peer: "127.0.0.1:9", frame: [{ base64 }] });
  a.line("rpc", "answer", { call: 90, code: 14, row: "5" });
};

callerTable("KAS-ECHO-1", "held-version-lost", [
  [
    "is asked while it is still listing",
    (a) => (lists(a, "configmaps", () => (a.beat(1n), a.wait(6000))), a.upload(1n), a.reset(), a.beat(1n), a.upload(1n)),
    "pass",
    "2 answers with another version",
  ],
  [
    "is asked before its first snapshot, and sends it before it has listed everything, too late",
    (a) => lists(a, "configmaps", () => (a.beat(1n), a.wait(6000), a.upload(1n))),
    "fail",
    "entries came 6 s later",
  ],
  [
    "is asked before its first snapshot, lists again and sends it too late",
    (a) => (a.beat(1n), a.wait(4000), lists(a, "nodes"), a.wait(2000), a.upload(1n)),
    "fail",
    "entries came 6 s later",
  ],
  [
    "is asked before its first snapshot alone",
    (a) => (a.beat(1n), a.upload(1n), a.beats(1, 1n)),
    "not-applicable",
    "asked for nothing",
  ],
  [
    "lists another kind, and sends everything again too late",
    (a) => (asked(a), a.wait(4000), lists(a, "configmaps"), a.wait(2000), a.upload(1n)),
    "fail",
    "entries came 6 s later",
  ],
  [
    "lists another kind, and never sends everything again",
    (a) => (asked(a), a.wait(4000), lists(a, "configmaps"), a.wait(2000)),
    "fail",
    "no entries ever came",
  ],
  [
    "is asked by an answer that is lost",
    (a) => (a.upload(1n), askedInVain(a), a.upload(1n)),
    "not-applicable",
    "asked for nothing",
  ],
  [
    "sends less than it had sent at last",
    (a) => (a.upload(1n, {}, isPod), a.upload(1n), a.reset(), a.beats(1, 1n), a.upload(1n, {}, isPod)),
    "fail",
    "entries came (seq",
  ],
  ["sends everything again", (a) => (asked(a), a.wait(1000), a.upload(1n)), "pass", "all entries 1 s later"],
  ["sends it just in time", (a) => (asked(a), a.wait(4990), a.upload(1n)), "pass", "all entries 5 s later"],
  ["sends it too late", (a) => (asked(a), a.wait(5100), a.upload(1n)), "fail", "entries came 5.1 s later"],
  ["never sends it", (a) => (asked(a), a.beats(6, 1n)), "fail", "no entries ever came"],
  ["is not awaited", (a) => (asked(a), a.beats(3, 1n)), "not-testable", ""],
  ["is not asked", (a) => (a.upload(1n), a.beats(3, 1n)), "not-applicable", "asked for nothing"],
  ["sends less than it had", (a) => (asked(a), a.upload(1n, {}, isPod)), "fail", "entries came (seq"],
  ["sends less under another version", (a) => (asked(a), a.upload(2n, {}, isPod)), "pass", "all entries 0 s later"],
  [
    "sends less than it had, after something went",
    (a) => (asked(a), a.change("deleted", web), a.upload(1n)),
    "pass",
    "all entries 0 s later",
  ],
  [
    "sends everything the first time, and not the second",
    (a) => (asked(a), a.upload(1n), a.reset(), a.beats(7, 1n)),
    "fail",
    "no entries ever came",
  ],
  [
    "is asked under agent_id 0",
    (a) => (a.upload(1n, { agentId: 0 }), a.beat(1n, { agentId: 0 }), a.wait(6000)),
    "fail",
    "answered with",
  ],
]);

callerTable("KAS-ECHO-2", "held-version-lost", [
  ["is asked before its first snapshot alone", (a) => (a.beat(1n), a.upload(1n), a.beats(1, 1n)), "not-testable", ""],
  ["keeps the version", (a) => (asked(a), a.wait(1000), a.upload(1n)), "pass", ""],
  ["takes a new version", (a) => (a.upload(1n), a.wait(6000), a.reset(), a.beat(1n), a.upload(2n)), "fail", "had version 1"],
  [
    "takes a new version the second time",
    (a) => (asked(a), a.upload(1n), a.wait(6000), a.reset(), a.beat(1n), a.upload(2n)),
    "fail",
    "had version 1",
  ],
  [
    "takes a new version for something that was written",
    (a) => (asked(a), a.change("created", made), a.upload(2n), a.wait(9000), a.reset(), a.beat(2n), a.upload(2n)),
    "pass",
    "",
  ],
  ["is not asked", (a) => (a.upload(1n), a.beats(3, 1n)), "not-applicable", "asked for nothing"],
  ["never answers", (a) => (asked(a), a.beats(6, 1n)), "not-testable", ""],
]);
