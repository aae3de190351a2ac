import { core, everywhere } from "./define.ts";
import type { Requirement } from "./types.ts";

/** KAS-ENV-*: the fields around the entries. */
export const envelopeRequirements: readonly Requirement[] = [
  core({
    id: "KAS-ENV-1",
    title: "every request carries its cluster_id",
    text: "Every request carries a non-empty cluster_id: the one configured, or the one that GetKubernetesClusterID gave.",
    source: "doc 3.3.1; protocol.md 2.2 row 2",
    scenarios: everywhere,
    mutants: ["no-cluster-id"],
  }),
  core({
    id: "KAS-ENV-2",
    title: "cluster_id stays the same",
    text: "The cluster_id stays the same for the life of the agent.",
    source: "doc 3.3.1",
    scenarios: everywhere,
    mutants: ["changing-cluster-id"],
  }),
  core({
    id: "KAS-ENV-3",
    level: "SHOULD",
    title: "source_ip is an IP address",
    text: "source_ip is present and an IP address.",
    source: "doc 3.3.1",
    scenarios: everywhere,
    mutants: ["bad-source-ip"],
  }),
  core({
    id: "KAS-ENV-4",
    level: "SHOULD",
    targets: "lines",
    title: "agent_id is not 0",
    text: "agent_id (vtap_id) is not 0: under 0 the server neither answers with a version nor keeps a heartbeat.",
    source: "protocol.md 2.2 rows 9, 10",
    scenarios: everywhere,
    mutants: ["agent-id-zero", "agent-id-zero-heartbeats"],
  }),
  core({
    id: "KAS-ENV-5",
    targets: ">=v6.5.3",
    title: "team_id only where one is configured",
    text: "team_id is absent or empty unless one was configured.",
    source: "protocol.md 2.2 row 3",
    scenarios: everywhere,
    mutants: ["team-set"],
  }),
];
