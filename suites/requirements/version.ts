import { core, everywhere } from "./define.ts";
import type { Requirement } from "./types.ts";

/** KAS-VER-* and KAS-ECHO-*: what a version stands for, and what its echo asks for. */
export const versionRequirements: readonly Requirement[] = [
  core({
    id: "KAS-VER-1",
    title: "version is present and not 0",
    text: "The version is present and not 0.",
    source: "protocol.md 2.2 row 1",
    scenarios: everywhere,
    mutants: ["version-zero"],
  }),
  core({
    id: "KAS-VER-2",
    title: "a change brings another version",
    text: "When an object changed in a field that the target reads, or came, or went, the next snapshot carries another version.",
    source: "doc 3.3.1; protocol.md 2.2 row 8",
    scenarios: ["life-of-objects", "rolling-update"],
    mutants: ["version-constant"],
  }),
  core({
    id: "KAS-VER-3",
    title: "no change, no other version",
    text: "Within one life of the agent, between two acknowledged requests with nothing written to any uploaded kind between them, the version stays the same. Recovery from another version, a failed or a lost call is exempt.",
    source: "doc 3.3.1",
    scenarios: ["first-snapshot"],
    mutants: ["version-per-beat"],
  }),
  core({
    id: "KAS-VER-4",
    title: "one version, one content",
    text: "One version never stands for two different contents, across restarts of the agent too.",
    source: "protocol.md 2.2 row 8",
    scenarios: ["life-of-objects", "agent-restarts", "rolling-update", "server-slow", "agent-paused", "burst"],
    mutants: ["version-constant", "version-reused"],
  }),
  core({
    id: "KAS-VER-5",
    level: "SHOULD",
    title: "versions grow",
    text: "Versions grow.",
    source: "agent: protocol.md 5.1",
    scenarios: ["life-of-objects"],
    mutants: ["version-decreasing", "version-reused"],
  }),
  core({
    id: "KAS-VER-6",
    targets: "lines",
    title: "under agent_id 0 every request is full",
    text: "An agent that sends agent_id 0 or none puts all entries in every request: without them the target drops it.",
    source: "protocol.md 2.2 row 10",
    scenarios: ["first-snapshot", "held-version-lost"],
    mutants: ["agent-id-zero-heartbeats"],
  }),
  core({
    id: "KAS-ECHO-1",
    title: "another version in the answer brings all entries",
    text: "When a request without entries is answered with another version or with none, a request with all entries follows within the recovery budget, unless the agent has never been able to list.",
    source: "protocol.md 2.2 rows 5, 10; agent: protocol.md 5.1",
    scenarios: ["life-of-objects", "held-version-lost", "another-writer", "long-quiet"],
    mutants: ["ignore-echo", "echo-delta", "heartbeat-only"],
  }),
  core({
    id: "KAS-ECHO-2",
    level: "SHOULD",
    title: "that request keeps its version",
    text: "The request with all entries that follows an answer with another version carries the same version as before, not a new one.",
    source: "protocol.md 2.2 row 6",
    scenarios: ["held-version-lost", "another-writer", "long-quiet"],
    mutants: ["echo-new-version"],
  }),
];
