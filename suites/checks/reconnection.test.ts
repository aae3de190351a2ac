import { type FaultActor, OUTAGE } from "./testing/fault-actor.ts";
import { table } from "./testing/fault-table.ts";
import { cutOff, errors, silence, STATUS } from "./testing/server-faults.ts";

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

table("KAS-CONN-2", "request-cut", [
  ["comes back", (a) => (cutOff(a), a.wait(1000), a.upload(2n)), "pass", "1 loss of the connection"],
  ["stays away", (a) => (cutOff(a), a.wait(20_000)), "fail", "the connection was reset amid a request"],
]);

/** It has no processor for most of that time. */
const starvedErrors = (a: FaultActor, times: number) => {
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
