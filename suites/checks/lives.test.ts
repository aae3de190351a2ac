import { table } from "./testing/fault-table.ts";

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
