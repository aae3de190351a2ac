import { relabelled, named } from "./testing/api-actor.ts";
import type { Caller } from "./testing/caller.ts";
import { callerTable } from "./testing/caller-table.ts";
import { namespace } from "./testing/world.ts";

const made = namespace("made");
const other = namespace("other");
const web = named("web-7d4b9c6f5-d5x7k");

/** Something is written to the cluster; the agent knows of it. */
const create = (a: Caller, placed = made) => (a.wait(1000), a.change("created", placed), a.wait(1000));

callerTable("KAS-VER-2", "life-of-objects", [
  [
    "sends what nobody reads in another form",
    (a) => (
      a.upload(1n),
      create(a),
      a.forget(made),
      a.send({ ...web, object: { ...web.object, apiVersion: "v1" } }),
      a.upload(1n)
    ),
    "not-testable",
    "no snapshot with other content",
  ],
  [
    "gives a new version to other content",
    (a) => (a.upload(1n), create(a), a.upload(2n)),
    "pass",
    "1 snapshot with other content",
  ],
  ["keeps the version once", (a) => (a.upload(1n), create(a), a.upload(1n)), "fail", "1 object came, such as"],
  [
    "keeps the version where something goes",
    (a) => (a.upload(1n), a.change("deleted", web), a.upload(1n)),
    "fail",
    "1 object went, such as",
  ],
  [
    "keeps the version where something changes",
    (a) => (a.upload(1n), a.change("modified", relabelled(web, "new")), a.upload(1n)),
    "fail",
    "the same objects in other forms",
  ],
  [
    "keeps the version the second time",
    (a) => (a.upload(1n), create(a), a.upload(2n), create(a, other), a.upload(2n)),
    "fail",
    "other content than request",
  ],
  ["sends the same content again", (a) => (a.upload(1n), create(a), a.upload(2n), a.upload(2n)), "pass", "1 snapshot with"],
  ["never sends other content", (a) => (a.upload(1n), create(a), a.beat(1n)), "not-testable", "no snapshot with other content"],
  [
    "sends other content before anything was written",
    (a) => (a.upload(1n, {}, ({ resource }) => resource === "pods"), a.upload(2n), create(a)),
    "not-testable",
    "no snapshot with other content followed a change",
  ],
]);

callerTable("KAS-VER-3", "first-snapshot", [
  [
    "takes another version when it is asked for everything",
    (a) => (a.upload(1n), a.wait(6000), a.reset(), a.beat(1n), a.upload(2n)),
    "not-testable",
    "no two acknowledged requests",
  ],
  ["stays at its version", (a) => (a.upload(1n), a.beats(2, 1n)), "pass", "2 pairs of acknowledged requests"],
  ["stays once", (a) => (a.upload(1n), a.beats(1, 1n)), "pass", "1 pair of acknowledged requests"],
  ["sends all under another version", (a) => (a.upload(1n), a.wait(1000), a.upload(2n)), "fail", "version 1 before it"],
  ["does so after beats", (a) => (a.upload(1n), a.beats(2, 1n), a.wait(1000), a.upload(2n)), "fail", "version 1 before it"],
  [
    "changes it for something that was written",
    (a) => (a.upload(1n), a.wait(6000), a.beat(1n), create(a), a.upload(2n)),
    "pass",
    "1 pair of acknowledged requests",
  ],
  [
    "changes it for something that was still on its way",
    (a) => (a.upload(1n), a.wait(6000), a.beat(1n), create(a), a.beat(1n), a.upload(2n), a.wait(6000), a.beat(2n), a.beat(2n)),
    "pass",
    "acknowledged",
  ],
  [
    "changes it long after something was written",
    (a) => (a.upload(1n), create(a), a.upload(2n), a.wait(9000), a.beat(2n), a.wait(9000), a.upload(3n)),
    "fail",
    "version 2 before it",
  ],
  ["has sent one request", (a) => a.upload(1n), "not-testable", "no two acknowledged requests"],
  ["is asked in between", (a) => (a.upload(1n), a.wait(500), a.beat(2n)), "not-testable", "no two acknowledged requests"],
  ["is asked before its first snapshot", (a) => (a.beat(1n), a.upload(2n)), "not-testable", "no two acknowledged requests"],
  ["sends the same under agent_id 0", (a) => (a.upload(1n, { agentId: 0 }), a.upload(1n, { agentId: 0 })), "pass", "1 pair"],
  [
    "changes the version under agent_id 0 after an error",
    (a) => (a.upload(1n, { agentId: 0 }), a.failedUpload(1n, 14, { agentId: 0 }), a.upload(2n, { agentId: 0 })),
    "not-testable",
    "no two acknowledged requests",
  ],
  [
    "changes the version under agent_id 0",
    (a) => (a.upload(1n, { agentId: 0 }), a.upload(2n, { agentId: 0 })),
    "fail",
    "version 1 before it",
  ],
]);

callerTable("KAS-VER-4", "life-of-objects", [
  ["has a version for each content", (a) => (a.upload(1n), create(a), a.upload(2n)), "pass", "2 contents under 2 versions"],
  [
    "goes back to a content under a third version",
    (a) => (a.upload(1n), create(a), a.upload(2n), a.change("deleted", made), a.upload(3n)),
    "pass",
    "2 contents under 3 versions",
  ],
  [
    "comes back to a version for other content, once",
    (a) => (a.upload(1n), create(a), a.upload(2n), create(a, other), a.upload(1n)),
    "fail",
    "2 objects came",
  ],
  ["sends one content", (a) => (a.upload(1n), a.upload(1n), a.upload(2n)), "not-testable", "never sent two different contents"],
]);

callerTable("KAS-VER-5", "life-of-objects", [
  ["counts up", (a) => (a.upload(1n), create(a), a.upload(2n), a.beat(2n)), "pass", "1 change of version"],
  ["counts down once", (a) => (a.upload(2n), create(a), a.upload(1n)), "fail", "after version 2"],
  [
    "counts down at last",
    (a) => (a.upload(2n), create(a), a.upload(3n), create(a, other), a.upload(1n)),
    "fail",
    "after version 3",
  ],
  ["counts down in a heartbeat", (a) => (a.upload(2n), a.beat(1n), a.upload(2n)), "fail", "after version 2"],
  ["sends version 0 in between", (a) => (a.upload(2n), a.beat(0n), create(a), a.upload(3n)), "pass", "1 change of version"],
  ["never changes it", (a) => (a.upload(2n), a.beats(2, 2n)), "not-testable", "the version never changed"],
]);

const nobody = { agentId: 0 };
callerTable("KAS-VER-6", "first-snapshot", [
  ["sends everything each time", (a) => (a.upload(1n, nobody), a.upload(1n, nobody)), "pass", "2 requests under agent_id 0"],
  [
    "leaves the id out",
    (a) => (a.upload(1n, { agentId: undefined }), a.upload(1n, { agentId: undefined })),
    "pass",
    "2 requests",
  ],
  ["leaves the entries out once", (a) => (a.upload(1n, nobody), a.beat(1n, nobody)), "fail", "agent_id 0 and no entries"],
  ["has nothing to send yet", (a) => (a.beat(1n, nobody), a.upload(1n, nobody), a.upload(1n, nobody)), "pass", "2 requests"],
  ["is heard once", (a) => a.upload(1n, nobody), "not-testable", "only one request came under agent_id 0"],
  ["has an id", (a) => (a.upload(1n), a.beat(1n)), "not-applicable", "an agent_id other than 0"],
]);
