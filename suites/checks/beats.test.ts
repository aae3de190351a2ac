import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import { createCaller, type Caller } from "./testing/caller.ts";
import { callerTable } from "./testing/caller-table.ts";
import { named } from "./testing/api-actor.ts";
import { createStory } from "./testing/story.ts";
import { encodeEnvelope, entryOf } from "./testing/wire.ts";
import { namespace, versionInfo } from "./testing/world.ts";

const made = namespace("made");
const ledger = named("ledger-0");

/** A call without entries that the server answers with an error. */
const fails = (a: Caller, call: number) => {
  const base64 = encodeEnvelope({ clusterId: "d-first-snapshot", version: 1n, agentId: 7 }).toString("base64");
  a.line("rpc", "request", { call, path: "/agent.Synchronizer/KubernetesAPISync", peer: "127.0.0.1:9", frame: [{ base64 }] });
  a.line("rpc", "answer", { call, code: 14 });
};
const signalled = (a: Caller, signal: string) => (a.line("agent", "signalled", { life: 1, signal }), a.stopped());
const exited = (a: Caller, code: number | null, signal: string | null = null) =>
  a.line("agent", "exited", { life: 1, code, signal });

callerTable("KAS-SNAP-9", "first-snapshot", [
  ["leaves the entries out", (a) => (a.upload(1n), a.beats(2, 1n)), "pass", "2 requests without entries"],
  [
    "has no version while it leaves them out",
    (a) => (a.upload(1n), a.beat(undefined)),
    "not-testable",
    "no acknowledged request",
  ],
  ["leaves them out once", (a) => (a.upload(1n), a.beats(1, 1n)), "pass", "1 request without entries"],
  ["sends them again, once", (a) => (a.upload(1n), a.beats(2, 1n), a.wait(9000), a.upload(1n)), "fail", "that the server held"],
  ["sends them again under another version", (a) => (a.upload(1n), a.beats(1, 1n), a.upload(2n)), "fail", "that the server held"],
  [
    "sends again what it had sent under another version",
    (a) => (a.upload(1n), a.change("created", made), a.wait(9000), a.upload(2n), a.wait(9000), a.beat(2n), a.upload(2n)),
    "fail",
    "that the server held",
  ],
  [
    "sends them for something that was written",
    (a) => (a.upload(1n), a.beats(1, 1n), a.change("created", made), a.upload(2n), a.beats(1, 2n)),
    "pass",
    "2 requests without entries",
  ],
  [
    "sends them while something may still be on its way",
    (a) => (a.upload(1n), a.beats(1, 1n), a.change("created", made), a.wait(4000), a.upload(1n), a.beats(1, 1n)),
    "pass",
    "2 requests without entries",
  ],
  [
    "is asked for them",
    (a) => (a.upload(1n), a.beats(1, 1n), a.reset(), a.beats(1, 1n), a.upload(1n)),
    "pass",
    "1 request without",
  ],
  ["sends nothing more", (a) => a.upload(1n), "not-testable", "no acknowledged request without entries"],
  [
    "sends them with an error_msg",
    (a) => (a.upload(1n), a.beats(1, 1n), a.wait(9000), a.upload(1n, { errorMsg: "forbidden" }), a.beats(1, 1n)),
    "pass",
    "2 requests without entries",
  ],
  [
    "sends them again without the field error_msg",
    (a) => (a.upload(1n), a.beats(2, 1n), a.wait(9000), a.upload(1n, { errorMsg: undefined })),
    "fail",
    "that the server held",
  ],
  [
    "sends them again where the target stores none",
    (a) => (a.upload(1n), a.beats(2, 1n), a.wait(9000), a.upload(0n)),
    "pass",
    "2 requests without entries",
  ],
  [
    "sends the same again while something was written that it leaves out",
    (a) => (a.upload(1n), a.beats(1, 1n), a.change("created", made), a.forget(made), a.wait(1000), a.upload(1n), a.beats(1, 1n)),
    "pass",
    "2 requests without entries",
  ],
  [
    "sends other content though nothing was written",
    (a) => (a.upload(1n), a.beats(1, 1n), a.wait(9000), a.forget(ledger), a.upload(2n), a.beats(1, 2n)),
    "pass",
    "2 requests without entries",
  ],
  [
    "sends again what differs in what nobody reads",
    (a) => {
      a.upload(1n);
      a.beats(1, 1n);
      a.wait(9000);
      a.send({ ...ledger, object: { ...ledger.object, apiVersion: "v1" } });
      a.upload(2n);
    },
    "fail",
    "that the server held",
  ],
  [
    "sends them without an id",
    (a) => (a.upload(1n, { agentId: 0 }), a.upload(1n, { agentId: 0 })),
    "not-applicable",
    "every request must carry all entries",
  ],
  [
    "sends them without an id at first",
    (a) => (a.upload(1n, { agentId: 0 }), a.wait(9000), a.upload(1n), a.wait(9000), a.upload(1n)),
    "fail",
    "that the server held",
  ],
]);

const trouble = { errorMsg: "forbidden" };
callerTable("KAS-ERR-4", "first-snapshot", [
  ["says nothing", (a) => (a.upload(1n), a.beats(2, 1n)), "pass", "3 requests, none with an error_msg"],
  ["leaves it out", (a) => a.upload(1n, { errorMsg: undefined }), "pass", "1 request, none with an error_msg"],
  ["says something with its first snapshot", (a) => a.upload(1n, trouble), "fail", "forbidden"],
  ["says something once", (a) => (a.upload(1n), a.beats(1, 1n), a.beat(1n, trouble), a.beat(1n)), "fail", "forbidden"],
  [
    "says something once, and its next call fails",
    (a) => (a.upload(1n), a.beat(1n), a.beat(1n, trouble), fails(a, 90), a.beat(1n)),
    "fail",
    "forbidden",
  ],
  [
    "says something after a call that failed",
    (a) => (a.upload(1n), fails(a, 90), a.beat(1n, trouble)),
    "pass",
    "2 requests, none",
  ],
  [
    "says something with its first snapshot, after a call that failed",
    (a) => (fails(a, 90), a.upload(1n, trouble)),
    "fail",
    "forbidden",
  ],
  ["says something before its first snapshot", (a) => (a.beat(1n, trouble), a.upload(1n)), "pass", "1 request, none"],
]);

const MISSPELT = "agent.Synchronize/KubernetesAPISync";
let others = 100;
/** A call of another method, which is answered. */
const other = (a: Caller, method: string, code: number) => {
  others += 1;
  a.line("rpc", "request", { call: others, path: `/${method}`, peer: "192.0.2.77:1", frame: [] });
  a.line("rpc", "answer", { call: others, code });
};

callerTable("KAS-LIFE-1", "first-snapshot", [
  ["is in time", (a) => (a.wait(1000), a.upload(1n)), "pass", "1.1 s after the start"],
  ["is just in time", (a) => (a.wait(29_899), a.upload(1n)), "pass", "30 s after the start"],
  ["is too late", (a) => (a.wait(30_000), a.upload(1n)), "fail", "30.1 s after the start"],
  ["is not awaited", (a) => a.wait(20_000), "not-testable", "observed for 20.1 s only"],
  ["is not awaited, beside heartbeats", (a) => a.beats(20, 1n), "not-testable", "observed for 20.1 s only"],
  ["never comes", (a) => a.wait(31_000), "fail", "no request came in 31.1 s, nor any connection: nothing dialled"],
  [
    "never comes over connections that come",
    (a) => (a.line("rpc", "connection", { event: "opened" }), a.line("rpc", "connection", { event: "closed" }), a.wait(31_000)),
    "fail",
    "no request came in 31.1 s over 1 connection: the server speaks gRPC on plaintext HTTP/2",
  ],
  [
    "goes to a method that the server does not have, whatever else is called",
    (a) => (other(a, "agent.Synchronizer/Plugin", 0), other(a, MISSPELT, 12), other(a, MISSPELT, 12), a.wait(31_000)),
    "fail",
    "a call of /agent.Synchronizer/Plugin; a call of /agent.Synchronize/KubernetesAPISync, which target v7.1 does not have (UNIMPLEMENTED); what it has is /agent.Synchronizer/KubernetesAPISync. The real",
  ],
  ["is but heartbeats", (a) => a.beats(31, 1n), "fail", "31 requests, none of which the target stored"],
  ["is but heartbeats, of which none has entries", (a) => a.beats(31, 1n), "fail", "none with entries"],
  ["never comes, since the agent ends", (a) => (a.wait(500), a.exit(3)), "fail", "0.6 s after its start, with exit code 3"],
]);

/** A fault at the server that hits no call. */
const fault = (a: Caller) => {
  const spec = JSON.stringify({ fault: "cut-connections" });
  a.line("rpc", "fault", { fault: spec, event: "scripted" });
  a.line("rpc", "fault", { fault: spec, event: "fired" });
};

/** After the first snapshot, a heartbeat each second. */
const alive = (a: Caller) => (a.upload(1n), a.beats(3, 1n));
callerTable("KAS-LIFE-2", "first-snapshot", [
  ["keeps calling", alive, "pass", "4 requests, the longest silence while nothing changed was 1 s"],
  ["calls once more", (a) => (a.upload(1n), a.beats(1, 1n)), "pass", "2 requests"],
  ["is silent for as long as it may", (a) => (alive(a), a.wait(2990), a.beat(1n)), "pass", "was 3 s"],
  ["is silent for longer once", (a) => (alive(a), a.wait(3100), a.beat(1n)), "fail", "nothing for 3.1 s after it"],
  ["falls silent", (a) => (alive(a), a.wait(3100)), "fail", "nothing for 3.1 s after it"],
  ["falls silent after its first snapshot", (a) => (a.upload(1n), a.wait(3100)), "fail", "nothing for 3.1 s after it"],
  ["was silent before its first snapshot", (a) => (a.beat(1n), a.wait(9000), alive(a)), "pass", "4 requests"],
  ["is observed for too short a time", (a) => (a.upload(1n), a.wait(1000)), "not-testable", "only one request came"],
  ["ends", (a) => (alive(a), a.exit(3)), "fail", "the agent left by itself, with exit code 3"],
  ["ends before its first snapshot came in", (a) => (a.exit(3), a.upload(1n)), "not-testable", "only one request came"],
  [
    "ends before its first snapshot came in, and nothing more comes",
    (a) => (a.exit(3), a.upload(1n), a.wait(3100)),
    "fail",
    "nothing for 3.1 s after it",
  ],
  [
    "calls once more after it was told to leave",
    (a) => (a.upload(1n), a.wait(1000), signalled(a, "SIGTERM"), a.beat(1n), exited(a, 0)),
    "not-testable",
    "only one request came",
  ],
  ["leaves slowly", (a) => (alive(a), signalled(a, "SIGTERM"), a.wait(3100), exited(a, 0)), "pass", "4 requests"],
  [
    "is silent while something is written",
    (a) => (alive(a), a.wait(2000), a.change("created", made), a.wait(2000), a.upload(2n)),
    "pass",
    "5 requests",
  ],
  [
    "is silent for longer after something was written",
    (a) => (alive(a), a.wait(1000), a.change("created", made), a.wait(3100), a.upload(2n)),
    "fail",
    "nothing for 3.1 s after it",
  ],
  ["is silent while a fault comes up", (a) => (alive(a), a.wait(2000), fault(a), a.wait(2000), a.beat(1n)), "pass", "5 requests"],
  [
    "is silent before a fault comes up",
    (a) => (alive(a), a.wait(3100), a.beat(1n), fault(a), a.beats(2, 1n)),
    "fail",
    "3.1 s after it",
  ],
  [
    "is silent after a fault came up",
    (a) => (alive(a), fault(a), a.beats(1, 1n), a.wait(3100), a.beat(1n)),
    "fail",
    "3.1 s after it",
  ],
  [
    "is silent while the server restarts",
    (a) => (alive(a), a.wait(2000), a.reset(), a.wait(2000), a.beat(1n)),
    "pass",
    "5 requests",
  ],
  [
    "is silent after the server restarted",
    (a) => (alive(a), a.reset(), a.beats(1, 1n), a.wait(3100), a.upload(1n)),
    "fail",
    "nothing for 3.1 s after it",
  ],
]);

describe("KAS-LIFE-4 in first-snapshot", () => {
  it.each<readonly [string, (a: Caller) => void, string, string]>([
    ["leaves at once", (a) => (signalled(a, "SIGTERM"), a.wait(50), exited(a, 0)), "pass", "with exit code 0"],
    ["leaves by the signal", (a) => (signalled(a, "SIGTERM"), a.wait(50), exited(a, null, "SIGTERM")), "pass", "with SIGTERM"],
    ["leaves just in time", (a) => (signalled(a, "SIGTERM"), a.wait(9990), exited(a, 0)), "pass", "left 10 s after"],
    ["leaves too late", (a) => (signalled(a, "SIGTERM"), a.wait(10_100), exited(a, 0)), "fail", "it left 10.1 s after SIGTERM"],
    [
      "is killed",
      (a) => (signalled(a, "SIGTERM"), a.wait(10_000), signalled(a, "SIGKILL"), exited(a, null, "SIGKILL")),
      "fail",
      "it still ran 10 s after SIGTERM",
    ],
    [
      "is killed too soon",
      (a) => (signalled(a, "SIGTERM"), a.wait(5000), signalled(a, "SIGKILL"), exited(a, null, "SIGKILL")),
      "not-testable",
      "the harness itself stood still",
    ],
    [
      "is killed, and the record ends",
      (a) => (signalled(a, "SIGTERM"), a.wait(10_000), signalled(a, "SIGKILL")),
      "fail",
      "had to be killed",
    ],
    [
      "leaves just before it is killed",
      (a) => (signalled(a, "SIGTERM"), a.wait(9000), exited(a, 0), a.wait(1000), signalled(a, "SIGKILL")),
      "pass",
      "left 9 s after",
    ],
    [
      "is told twice, and leaves too late",
      (a) => (signalled(a, "SIGTERM"), a.wait(6000), signalled(a, "SIGTERM"), a.wait(6000), exited(a, 0)),
      "fail",
      "it left 12 s after SIGTERM",
    ],
    [
      "is killed too soon, and once more",
      (a) => (signalled(a, "SIGTERM"), a.wait(5000), signalled(a, "SIGKILL"), a.wait(5000), signalled(a, "SIGKILL")),
      "not-testable",
      "the harness itself stood still",
    ],
    ["had left", (a) => (exited(a, 1), signalled(a, "SIGTERM")), "not-testable", "had left before it was told to"],
    ["had left, and is not told", (a) => exited(a, 1), "not-testable", "had left before it was told to"],
    ["is not told", () => undefined, "not-testable", "never told to leave"],
    ["is told, and the record ends", (a) => signalled(a, "SIGTERM"), "not-testable", "the record ends before the agent left"],
  ])("%s", (_name, act, verdict, text) => {
    const caller = createCaller("first-snapshot", "KAS-LIFE-4");
    caller.start();
    alive(caller);
    act(caller);
    caller.stopped();
    expect(caller.judge()).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
  });
});

it("KAS-SNAP-9: a time without processor before the last answer excuses nothing", () => {
  const caller = createCaller("first-snapshot", "KAS-SNAP-9");
  caller.start();
  caller.upload(1n);
  caller.wait(9000);
  caller.line("agent", "starved", { life: 1, ms: 8000 });
  caller.beat(1n);
  caller.wait(16_000);
  caller.upload(1n);
  expect(caller.judge()).toMatchObject({ verdict: "fail", message: expect.stringContaining("that the server held") as string });
});

it("KAS-LIFE-1: entries that the server stores nothing of are awaited no longer", () => {
  const story = createStory({ scenarios: ["first-snapshot"], only: ["KAS-LIFE-1"] });
  const tenant = story.tenant("first-snapshot");
  story.run("scenario-started", { scenario: "first-snapshot" }, "first-snapshot");
  tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
  story.wait(1000);
  const envelope = { clusterId: tenant.clusterId, version: 1n, errorMsg: "", agentId: 7, sourceIp: "192.0.2.77" };
  tenant.sync(envelope, [entryOf("*version.Info", versionInfo)], "agent", { code: 14 });
  tenant.line("agent", "signalled", { life: 1, signal: "SIGTERM" });
  story.run("run-ended");
  expect(judgeTranscript(story.lines()).checks[0]).toMatchObject({
    verdict: "fail",
    message: expect.stringContaining("1 request, none of which the target stored") as string,
  });
});
