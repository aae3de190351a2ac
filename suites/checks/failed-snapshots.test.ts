import type { FaultActor } from "./testing/fault-actor.ts";
import { table } from "./testing/fault-table.ts";
import { cutOff, errors, silence, STATUS } from "./testing/server-faults.ts";

const LOSE = JSON.stringify({ fault: "lose-answer", when: "entries" });

const refuse = (a: FaultActor) => {
  a.change();
  a.fault(STATUS, "scripted");
  a.broken(STATUS, 2n, true, { code: 13 });
  a.wait(1000);
  a.fault(STATUS, "removed");
};
/** A snapshot fails once more. */
const refuseAgain = (a: FaultActor, version: bigint) => {
  a.change();
  a.broken(STATUS, version, true, { code: 13 });
};

/** Errors of which no end is recorded. */
const refuseOn = (a: FaultActor) => (a.change(), a.fault(STATUS, "scripted"), a.broken(STATUS, 2n, true, { code: 14 }));

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

const lose = (a: FaultActor) => {
  a.change();
  a.fault(LOSE, "scripted");
  a.broken(LOSE, 2n, true, { code: 1, taken: true });
};

table("KAS-CONN-5", "answer-lost", [
  ["asks by a heartbeat whether it is held", (a) => (lose(a), a.wait(1000), a.beat(2n)), "pass", "1 s later at most"],
  ["sends it again", (a) => (lose(a), a.wait(1000), a.upload(2n)), "pass", "1 s later at most"],
  ["goes back to the old version", (a) => (lose(a), a.wait(1000), a.beat(1n), a.wait(20_000)), "fail", "never sent again"],
  ["is silent from then on", (a) => (lose(a), a.wait(20_000)), "not-testable", "because of KAS-CONN-2"],
]);

table("KAS-CONN-5", "request-cut", [
  ["sends it again", (a) => (cutOff(a), a.wait(1000), a.upload(2n)), "pass", "1 s later at most"],
  ["takes it as sent", (a) => (cutOff(a), a.wait(1000), a.beat(2n), a.wait(20_000)), "fail", "was cut off on its way"],
  ["sends it again too late", (a) => (cutOff(a), a.beat(2n), a.wait(21_000), a.upload(2n)), "fail", "had it 21 s later"],
  ["is silent from then on", (a) => (cutOff(a), a.wait(20_000)), "not-testable", "because of KAS-CONN-2"],
  ["is told to leave too soon", (a) => (cutOff(a), a.beat(2n)), "not-testable", "long enough"],
  ["may have lost a heartbeat", (a) => (cutOff(a, '{"fault":"cut-request"}'), a.beat(1n)), "not-testable", "no snapshot's call"],
]);
