import { core, everywhere, judged, planned } from "./define.ts";
import type { Requirement } from "./types.ts";

/** KAS-ERR-*, KAS-LIFE-*: what an agent says of itself, and how it lives. */
export const lifeRequirements: readonly Requirement[] = [
  planned("kubernetes", {
    id: "KAS-ERR-1",
    level: "SHOULD",
    title: "reports that it cannot list",
    text: "While no list or watch of some kind succeeds for a staleness budget, error_msg is non-empty in a request that the target stores.",
    source: 'doc 3.3.1 ("may"); protocol.md 2.3',
  }),
  planned("kubernetes", {
    id: "KAS-ERR-2",
    level: "SHOULD",
    title: "an error comes with the last state",
    text: "A request with error_msg carries the last version and entries.",
    source: "doc 3.3.1",
  }),
  planned("kubernetes", {
    id: "KAS-ERR-3",
    title: "the error goes when the trouble does",
    text: "After recovery error_msg is empty again within the recovery budget.",
    source: "protocol.md 2.3 (it freezes the cluster)",
  }),
  core({
    id: "KAS-ERR-4",
    title: "no error while all is well",
    text: "While all is well error_msg is absent or empty.",
    source: "protocol.md 2.3",
    scenarios: everywhere,
    mutants: ["error-always"],
  }),
  planned("kubernetes", {
    id: "KAS-ERR-5",
    level: "SHOULD",
    targets: ">=v6.3.5",
    title: "a single fault is not reported",
    text: "A single fault, retried with success within one interval, is not reported: it would freeze the cluster for nothing.",
    source: "protocol.md 2.3",
  }),
  core({
    id: "KAS-LIFE-1",
    title: "the first snapshot comes in time",
    text: "The first snapshot arrives within the start budget.",
    source: "doc 3.3",
    scenarios: everywhere,
    mutants: ["never-sends", "heartbeat-only"],
  }),
  core({
    id: "KAS-LIFE-2",
    title: "requests keep coming",
    text: "While nothing changes, requests keep coming within the heartbeat budget, and never 24 hours apart.",
    source: "doc 3.3.1",
    scenarios: everywhere,
    mutants: ["no-heartbeat"],
  }),
  judged("recovery", {
    id: "KAS-LIFE-3",
    title: "a restart brings a full snapshot under a fresh version",
    text: "After its own restart, the agent sends a full snapshot under a version not used for other content.",
    source: "protocol.md 2.2 row 8",
    scenarios: ["agent-restarts"],
    mutants: ["restart-reuses-version"],
  }),
  core({
    id: "KAS-LIFE-4",
    title: "leaves on SIGTERM",
    text: "The agent leaves within the grace period on SIGTERM.",
    source: "ours",
    scenarios: everywhere,
    mutants: ["ignore-sigterm"],
  }),
  judged("recovery", {
    id: "KAS-LIFE-5",
    title: "outlives every fault",
    text: "The agent outlives every scripted fault: the process does not exit (in a cluster: it is heard again).",
    source: "doc 3.3",
    scenarios: ["server-restarts", "server-errors", "call-unanswered", "answer-lost"],
    mutants: ["exits-on-error"],
  }),
  planned("restricted", {
    id: "KAS-LIFE-6",
    features: ["ha"],
    title: "one replica uploads at a time",
    text: "Of several replicas on one cluster_id one uploads at a time.",
    source: "protocol.md 2.6, 5.6",
  }),
];
