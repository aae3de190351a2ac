import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import { type BrokenCall, createStory } from "./testing/story.ts";
import { entryOf } from "./testing/wire.ts";
import { filling, namespace, type Placed, typeNames, versionInfo } from "./testing/world.ts";

const STATUS = JSON.stringify({ fault: "status", code: 14, times: 1_000_000 });
const SILENCE = JSON.stringify({ fault: "silence", when: "entries" });
const LOSE = JSON.stringify({ fault: "lose-answer", when: "entries" });
const CUT = JSON.stringify({ fault: "cut-connections" });
const CUT_REQUEST = JSON.stringify({ fault: "cut-request", when: "entries" });
const OUTAGE = JSON.stringify({ fault: "outage" });

type Actor = ReturnType<typeof createActor>;

/** Who acts in a scenario, and what the harness does to it. Times are milliseconds; one budget is 20 s, a call has 15 s. */
function createActor(scenario: string, id: string) {
  const story = createStory({ profiles: ["recovery"], scenarios: [scenario], only: [id] });
  const tenant = story.tenant(scenario);
  let calls = 0;
  let life = 0;
  let stopped = false;
  const state: Placed[] = filling.filter(({ resource }) => typeNames[resource] !== undefined);
  const send = (version: bigint, full: boolean, broken?: BrokenCall) => {
    calls += 1;
    const entries = state.map(({ resource, object }) => entryOf(typeNames[resource] ?? "", object));
    const envelope = { clusterId: tenant.clusterId, version, errorMsg: "", agentId: 7, sourceIp: "192.0.2.77" };
    tenant.sync(envelope, full ? [entryOf("*version.Info", versionInfo), ...entries] : [], "agent", broken);
  };
  const fault = (name: string, event: string) => void tenant.line("rpc", "fault", { fault: name, event });
  story.run("scenario-started", { scenario }, scenario);
  tenant.fill(filling);

  return {
    wait: (milliseconds: number) => story.wait(milliseconds),
    fault,
    start() {
      life += 1;
      tenant.line("agent", "started", { life, pid: life, command: ["agent"] });
      story.wait(100);
    },
    /** A pod that was let come, and whose kubelet has not told yet that it runs. */
    come: () => tenant.line("agent", "coming", { life: life + 1 }),
    upload: (version: bigint) => send(version, true),
    beat: (version: bigint) => send(version, false),
    /** A request that a fault hits, which was scripted before. */
    broken(name: string, version: bigint, full: boolean, broken: BrokenCall) {
      send(version, full, broken);
      tenant.line("rpc", "fault", { fault: name, event: "fired", call: calls });
    },
    change() {
      const made = namespace(`made-${state.length}`);
      tenant.commit("created", made);
      state.push(made);
    },
    /** The machine had no processor for it in the last so many milliseconds. */
    starved: (ms: number) => void tenant.line("agent", "starved", { life, ms }),
    outage(milliseconds: number) {
      fault(OUTAGE, "scripted");
      fault(OUTAGE, "fired");
      story.wait(milliseconds);
      fault(OUTAGE, "removed");
    },
    cut() {
      fault(CUT, "scripted");
      fault(CUT, "fired");
    },
    kill() {
      tenant.line("agent", "signalled", { life, signal: "SIGKILL" });
      tenant.line("agent", "exited", { life, code: null, signal: "SIGKILL" });
    },
    exit() {
      tenant.line("agent", "exited", { life, code: 1, signal: null });
      stopped = true;
    },
    judge() {
      if (!stopped) {
        tenant.line("agent", "signalled", { life, signal: "SIGTERM" });
        tenant.line("agent", "exited", { life, code: 0, signal: null });
      }
      story.run("scenario-ended", { scenario }, scenario);
      story.run("run-ended");
      const [check] = judgeTranscript(story.lines()).checks;
      return {
        verdict: check?.verdict,
        message: check?.message ?? "",
        evidence: check?.scenarios.flatMap((one) => one.evidence),
      };
    },
  };
}

type Row = readonly [name: string, act: (actor: Actor) => void, verdict: string, text: string];

function table(id: string, scenario: string, rows: readonly Row[]): void {
  describe(`${id} in ${scenario}`, () => {
    it.each(rows)("%s", (_name, act, verdict, text) => {
      const actor = createActor(scenario, id);
      actor.start();
      actor.upload(1n);
      act(actor);
      const judged = actor.judge();
      expect(judged).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
      if (verdict === "pass") expect(judged.evidence).toHaveLength(3);
    });
  });
}

table("KAS-CONN-2", "answer-lost", [
  [
    "comes back after an outage",
    (a) => (a.outage(3000), a.wait(5000), a.beat(1n)),
    "pass",
    "after 1 loss of the connection, 5 s later",
  ],
  [
    "comes back after a reset and an outage",
    (a) => (a.cut(), a.wait(900), a.beat(1n), a.outage(2000), a.beat(1n)),
    "pass",
    "2 losses",
  ],
  [
    "comes back, and stays for long",
    (a) => (a.cut(), a.wait(900), a.beat(1n), a.wait(40_000), a.beat(1n)),
    "pass",
    "0.9 s later",
  ],
  [
    "comes back once, and is told to leave too soon after that",
    (a) => (a.cut(), a.wait(900), a.beat(1n), a.outage(2000), a.wait(3000)),
    "not-testable",
    "long enough",
  ],
  [
    "is cut off anew before its time is up",
    (a) => (a.cut(), a.wait(2000), a.outage(30_000), a.wait(1000), a.beat(1n)),
    "pass",
    "after 1 loss of the connection, 1 s later",
  ],
  [
    "comes back too late, and only after it was cut off anew",
    (a) => (a.cut(), a.wait(30_000), a.cut(), a.wait(900), a.beat(1n)),
    "fail",
    "30.9 s later",
  ],
  ["is answered with errors alone", (a) => (errors(a, 1000, 3), a.beat(1n)), "not-testable", "no connection was cut"],
  ["stays away", (a) => (a.outage(3000), a.wait(20_000)), "fail", "no request came any more"],
  ["comes back too late", (a) => (a.cut(), a.wait(20_500), a.beat(1n)), "fail", "20.5 s later"],
  ["is told to leave too soon", (a) => (a.cut(), a.wait(5000)), "not-testable", "long enough"],
  ["ends by itself", (a) => (a.outage(3000), a.wait(100), a.exit()), "not-testable", "KAS-LIFE-5"],
  ["is never disturbed", (a) => (a.wait(1000), a.beat(1n)), "not-testable", "no connection was cut"],
  ["lets a scripted outage pass by", (a) => (a.cut(), a.beat(1n), a.fault(OUTAGE, "scripted")), "not-testable", "never fired"],
]);

/** Errors from the first of these calls on, one every so many milliseconds. */
const errors = (a: Actor, every: number, times: number) => {
  a.fault(STATUS, "scripted");
  for (let call = 0; call < times; call += 1) {
    a.broken(STATUS, 1n, false, { code: 14 });
    a.wait(every);
  }
  a.fault(STATUS, "removed");
};

/** It has no processor for most of that time. */
const starvedErrors = (a: Actor, times: number) => {
  a.fault(STATUS, "scripted");
  for (let call = 0; call < times; call += 1) {
    a.broken(STATUS, 1n, false, { code: 14 });
    a.wait(400);
    a.starved(350);
  }
  a.fault(STATUS, "removed");
};

table("KAS-CONN-3", "server-errors", [
  [
    "calls as often as a busy machine lets it",
    (a) => (starvedErrors(a, 40), a.beat(1n)),
    "not-testable",
    "cannot be told: a pass",
  ],
  ["calls seldom on a busy machine", (a) => (starvedErrors(a, 20), a.beat(1n)), "pass", "of at most 25"],
  ["waits for the next interval", (a) => (errors(a, 1000, 7), a.beat(1n)), "pass", "5 of at most 25"],
  ["waits ever longer", (a) => (errors(a, 3000, 3), a.beat(1n)), "pass", "of at most 25"],
  ["calls 5 times a second", (a) => (errors(a, 201, 40), a.beat(1n)), "pass", "25 of at most 25"],
  ["calls 10 times a second", (a) => (errors(a, 100, 70), a.beat(1n)), "fail", "50 requests within 5 s"],
  ["tries again at once, and only so often", (a) => (errors(a, 10, 20), errors(a, 2000, 3), a.beat(1n)), "pass", "of at most 25"],
  ["is disturbed too shortly", (a) => (errors(a, 1000, 3), a.beat(1n)), "not-testable", "did not last"],
  ["is disturbed too shortly, and late", (a) => (a.wait(10_000), errors(a, 1000, 3), a.beat(1n)), "not-testable", "did not last"],
  [
    "is disturbed too shortly after an outage that lasted",
    (a) => (a.outage(6000), errors(a, 1000, 3), a.beat(1n)),
    "not-testable",
    "did not last",
  ],
  [
    "waits at first, and then no more",
    (a) => (errors(a, 2000, 3), errors(a, 100, 70), a.beat(1n)),
    "fail",
    "50 requests within 5 s",
  ],
  ["never calls again", (a) => errors(a, 6000, 1), "not-testable", "no request followed"],
]);

const silence = (a: Actor, code?: number) => {
  a.change();
  a.fault(SILENCE, "scripted");
  a.broken(SILENCE, 2n, true, code === undefined ? {} : { code });
};

table("KAS-CONN-4", "call-unanswered", [
  ["gives up and goes on", (a) => (silence(a), a.wait(15_000), a.upload(2n)), "pass", "15 s after"],
  [
    "gives up and goes on for long",
    (a) => (silence(a), a.wait(15_000), a.upload(2n), a.wait(30_000), a.beat(2n)),
    "pass",
    "15 s after",
  ],
  ["has its heartbeats go on beside it", (a) => (silence(a), a.wait(1000), a.beat(1n)), "pass", "1 s after"],
  ["waits for ever", (a) => (silence(a), a.wait(35_000)), "fail", "no request came any more"],
  ["waits too long", (a) => (silence(a), a.wait(36_000), a.upload(2n)), "fail", "36 s later"],
  ["was not observed long enough", (a) => (silence(a), a.wait(16_000)), "not-testable", "long enough"],
  ["ends by itself", (a) => (silence(a), a.wait(15_000), a.exit()), "not-testable", "KAS-LIFE-5"],
]);

const refuse = (a: Actor) => {
  a.change();
  a.fault(STATUS, "scripted");
  a.broken(STATUS, 2n, true, { code: 13 });
  a.wait(1000);
  a.fault(STATUS, "removed");
};
/** A snapshot fails once more. */
const refuseAgain = (a: Actor, version: bigint) => {
  a.change();
  a.broken(STATUS, version, true, { code: 13 });
};
const lose = (a: Actor) => {
  a.change();
  a.fault(LOSE, "scripted");
  a.broken(LOSE, 2n, true, { code: 1, taken: true });
};

/** Errors of which no end is recorded. */
const refuseOn = (a: Actor) => (a.change(), a.fault(STATUS, "scripted"), a.broken(STATUS, 2n, true, { code: 14 }));

table("KAS-CONN-5", "server-errors", [
  ["sends it too late amid errors", (a) => (refuseOn(a), a.wait(25_000), a.upload(2n)), "fail", "had it 25 s later"],
  ["sends it again", (a) => (refuse(a), a.wait(1000), a.upload(2n)), "pass", "2 s later at most"],
  [
    "sends it again, and others for long",
    (a) => (refuse(a), a.wait(1000), a.upload(2n), a.wait(30_000), a.change(), a.upload(3n)),
    "pass",
    "2 s later at most",
  ],
  [
    "sends it again, and not yet the next one",
    (a) => (refuse(a), a.wait(1000), a.upload(2n), refuseAgain(a, 3n), a.wait(5000)),
    "not-testable",
    "long enough",
  ],
  [
    "sends it again when the server is well again",
    (a) => {
      a.fault(STATUS, "scripted");
      refuseAgain(a, 2n);
      a.wait(24_000);
      a.fault(STATUS, "removed");
      a.wait(6000);
      a.upload(2n);
    },
    "pass",
    "30 s later at most",
  ],
  [
    "sends it again as often as it fails",
    (a) => {
      refuse(a);
      a.wait(12_000);
      refuseAgain(a, 2n);
      a.wait(12_000);
      a.upload(2n);
    },
    "pass",
    "2 calls with entries failed",
  ],
  [
    "sends it again too late, and has a heartbeat fail then",
    (a) => {
      refuse(a);
      a.wait(25_000);
      a.upload(2n);
      a.broken(STATUS, 2n, false, { code: 13 });
      a.wait(1000);
      a.beat(2n);
    },
    "fail",
    "the server had it 26 s later",
  ],
  ["sends it again under another version", (a) => (refuse(a), a.wait(1000), a.upload(3n)), "pass", "1 call with entries"],
  ["goes on with heartbeats alone", (a) => (refuse(a), a.beat(2n), a.wait(20_000)), "fail", "never sent again"],
  ["goes back to the old version", (a) => (refuse(a), a.beat(1n), a.wait(20_000)), "fail", "never sent again"],
  ["is silent from then on", (a) => (refuse(a), a.wait(20_000)), "fail", "status 13"],
  ["sends it again too late", (a) => (refuse(a), a.wait(21_000), a.upload(2n)), "fail", "the server had it 22 s later"],
  ["is told to leave too soon", (a) => (refuse(a), a.beat(2n), a.wait(10_000)), "not-testable", "long enough"],
  ["ends by itself", (a) => (refuse(a), a.exit()), "not-testable", "KAS-LIFE-5"],
  ["has no snapshot fail", (a) => (errors(a, 1000, 7), a.beat(1n)), "not-testable", "no snapshot's call failed"],
]);

table("KAS-CONN-5", "call-unanswered", [
  ["gives up and sends it again", (a) => (silence(a, 4), a.wait(1000), a.upload(2n)), "pass", "1 s later at most"],
  ["takes it as sent", (a) => (silence(a, 4), a.wait(1000), a.beat(2n), a.wait(20_000)), "fail", "status 4"],
  ["waits for ever", (a) => (silence(a), a.wait(36_000)), "not-testable", "because of KAS-CONN-4"],
]);

table("KAS-CONN-5", "answer-lost", [
  ["asks by a heartbeat whether it is held", (a) => (lose(a), a.wait(1000), a.beat(2n)), "pass", "1 s later at most"],
  ["sends it again", (a) => (lose(a), a.wait(1000), a.upload(2n)), "pass", "1 s later at most"],
  ["goes back to the old version", (a) => (lose(a), a.wait(1000), a.beat(1n), a.wait(20_000)), "fail", "never sent again"],
  ["is silent from then on", (a) => (lose(a), a.wait(20_000)), "not-testable", "because of KAS-CONN-2"],
]);

const cutOff = (a: Actor, script = CUT_REQUEST) => {
  a.change();
  a.fault(script, "scripted");
  a.fault(script, "fired");
};

table("KAS-CONN-5", "request-cut", [
  ["sends it again", (a) => (cutOff(a), a.wait(1000), a.upload(2n)), "pass", "1 s later at most"],
  ["takes it as sent", (a) => (cutOff(a), a.wait(1000), a.beat(2n), a.wait(20_000)), "fail", "was cut off on its way"],
  ["sends it again too late", (a) => (cutOff(a), a.beat(2n), a.wait(21_000), a.upload(2n)), "fail", "had it 21 s later"],
  ["is silent from then on", (a) => (cutOff(a), a.wait(20_000)), "not-testable", "because of KAS-CONN-2"],
  ["is told to leave too soon", (a) => (cutOff(a), a.beat(2n)), "not-testable", "long enough"],
  ["may have lost a heartbeat", (a) => (cutOff(a, '{"fault":"cut-request"}'), a.beat(1n)), "not-testable", "no snapshot's call"],
]);

table("KAS-CONN-2", "request-cut", [
  ["comes back", (a) => (cutOff(a), a.wait(1000), a.upload(2n)), "pass", "1 loss of the connection"],
  ["stays away", (a) => (cutOff(a), a.wait(20_000)), "fail", "the connection was reset amid a request"],
]);

table("KAS-LIFE-3", "agent-restarts", [
  ["uploads anew under a fresh version", (a) => (a.kill(), a.change(), a.start(), a.upload(5n)), "pass", "1 restart"],
  ["uploads the same under the same version", (a) => (a.kill(), a.start(), a.upload(1n)), "pass", "1 restart"],
  ["gives its version to other content", (a) => (a.kill(), a.change(), a.start(), a.upload(1n)), "fail", "of an earlier life"],
  [
    "uploads before the kubelet tells that its pod runs",
    (a) => (a.kill(), a.change(), a.come(), a.upload(5n), a.start(), a.beat(5n), a.wait(30_000)),
    "pass",
    "1 restart",
  ],
  [
    "gives its version to other content before the kubelet tells that its pod runs",
    (a) => (a.kill(), a.change(), a.come(), a.upload(1n), a.start(), a.beat(1n), a.wait(30_000)),
    "fail",
    "of an earlier life",
  ],
  ["only heartbeats", (a) => (a.kill(), a.start(), a.beat(1n), a.wait(30_000)), "fail", "no request with all entries"],
  ["uploads too late", (a) => (a.kill(), a.start(), a.wait(31_000), a.upload(5n)), "fail", "31.1 s later"],
  [
    "is silent in its third life",
    (a) => (a.kill(), a.start(), a.upload(5n), a.kill(), a.start(), a.wait(30_000)),
    "fail",
    "no request with all entries",
  ],
  ["is not observed for long", (a) => (a.kill(), a.start(), a.beat(1n)), "not-testable", "long enough"],
  [
    "is not observed for long in its third life",
    (a) => (a.kill(), a.start(), a.upload(5n), a.kill(), a.start(), a.wait(1000)),
    "not-testable",
    "long enough",
  ],
  [
    "is not observed for long in its second life",
    (a) => (a.kill(), a.start(), a.wait(10_000), a.kill(), a.start(), a.upload(5n), a.wait(40_000)),
    "not-testable",
    "long enough",
  ],
  [
    "gives a version of this life to other content",
    (a) => (a.kill(), a.start(), a.upload(5n), a.change(), a.upload(5n)),
    "pass",
    "1 restart",
  ],
  ["is not started again", (a) => a.kill(), "not-testable", "not started again"],
]);

table("KAS-LIFE-5", "server-restarts", [
  ["still runs", (a) => (a.outage(3000), a.wait(1000), a.beat(1n)), "pass", "outlived 1 fault"],
  ["still runs, though it is silent", (a) => (a.cut(), a.wait(20_000)), "pass", "outlived 1 fault"],
  ["ends", (a) => (a.outage(3000), a.wait(1000), a.exit()), "fail", "exit code 1"],
  ["ends before any fault", (a) => a.exit(), "not-testable", "before any fault"],
  ["ends before the only fault", (a) => (a.exit(), a.outage(1000)), "not-testable", "before any fault"],
  ["ends between two faults", (a) => (a.outage(1000), a.exit(), a.outage(1000)), "fail", "exit code 1"],
  ["sees no fault", (a) => a.beat(1n), "not-testable", "no fault"],
]);
