import { isWithin, type AgentVersion } from "../agent-version.ts";
import type { Cursor } from "../documents/cursor.ts";
import type { Finding, WatchProfile } from "../types.ts";
import { error, warning } from "./rule.ts";
import type { Variables } from "./watch-policy.ts";
import { IN_CONTAINER, IN_CONTAINER_AGENTS, ONLY_WATCH, WATCH_POLICY, WATCH_POLICY_AGENTS } from "./watch-variables.ts";

const SOURCE = "protocol.md 5.4, 5.6";

/** The workload that shall watch and do nothing else. Beside a pseudo-agent, it must not watch at all. */
export function judgeWatcher(root: Cursor, variables: Variables, agent: AgentVersion, watch: WatchProfile): Finding[] {
  if (watch.watcher === "pseudo-agent") return isPseudoAgent(root) ? [] : secondWriter(root, variables, agent);
  const role = roleOf(variables, agent);
  return [
    ...(role === "watch-only" || role === "unknown" ? [] : [notWatchOnly(root, variables, agent)]),
    ...replicas(root),
    ...(variables.inContainer === undefined && isWithin(agent, IN_CONTAINER_AGENTS) ? [notInContainer(root)] : []),
  ];
}

/** The DaemonSet that captures; it must leave the API server alone where the environment says so. */
export function judgeDaemonSet(root: Cursor, variables: Variables, agent: AgentVersion, watch: WatchProfile): Finding[] {
  if (watch.watcher === "pseudo-agent") return secondWriter(root, variables, agent);
  const role = roleOf(variables, agent);
  if (role === "watch-only") {
    return [
      error("daemonset-watch-only", variables.policy ?? variables.onlyWatch ?? root, {
        problem: "the DaemonSet itself is set to watch only",
        consequence: "Every node's agent lists the API server, and none captures anything.",
        mend: "Set the variable on the Deployment alone.",
        source: SOURCE,
      }),
    ];
  }
  return watch.others === "daemonset" ? mayWatch(root, variables, agent, role) : [];
}

function mayWatch(root: Cursor, variables: Variables, agent: AgentVersion, role: WatchRole): Finding[] {
  if (role === "watch-disabled" || role === "unknown") return [];
  if (isWithin(agent, WATCH_POLICY_AGENTS)) {
    return [
      error("daemonset-not-disabled", variables.policy ?? root, {
        problem: `the DaemonSet has no ${WATCH_POLICY}: watch-disabled`,
        consequence: "The server elects one of its pods to watch whenever the watcher has been silent for 600 s.",
        mend: `Set ${WATCH_POLICY} to watch-disabled on the DaemonSet.`,
        source: SOURCE,
      }),
    ];
  }
  if (variables.inContainer === undefined) return [];
  return [
    warning("daemonset-not-disabled", variables.inContainer, {
      problem: `the DaemonSet sets ${IN_CONTAINER}, which lets its pods watch`,
      consequence: "The server elects one of them whenever the watcher has been silent for 600 s.",
      mend: `Remove ${IN_CONTAINER} from the DaemonSet.`,
      source: SOURCE,
    }),
  ];
}

function secondWriter(root: Cursor, variables: Variables, agent: AgentVersion): Finding[] {
  const role = roleOf(variables, agent);
  if (role === "watch-disabled" || role === "unknown") return [];
  const knows = isWithin(agent, WATCH_POLICY_AGENTS);
  if (!knows && variables.inContainer === undefined && variables.onlyWatch === undefined) return [];
  return [
    error("second-writer", variables.policy ?? variables.onlyWatch ?? variables.inContainer ?? root, {
      problem: "a deepflow-agent beside the pseudo-agent may watch this cluster too",
      consequence: "Pseudo-agents take no part in the election: both upload under one cluster_id, each overwriting the other.",
      mend: knows ? `Set ${WATCH_POLICY} to watch-disabled on it.` : `Remove ${IN_CONTAINER} and ${ONLY_WATCH} from it.`,
      source: "protocol.md 5.6, 2.6",
    }),
  ];
}

type WatchRole = "watch-only" | "watch-disabled" | "normal" | "unknown";

function roleOf({ policy, onlyWatch }: Variables, agent: AgentVersion): WatchRole {
  if (!isWithin(agent, WATCH_POLICY_AGENTS)) return onlyWatch === undefined ? "normal" : "watch-only";
  if (policy?.get("valueFrom").kind === "map") return "unknown";
  const value = policy?.get("value").value;
  return value === "watch-only" || value === "watch-disabled" ? value : "normal";
}

function notWatchOnly(root: Cursor, { policy }: Variables, agent: AgentVersion): Finding {
  const wanted = isWithin(agent, WATCH_POLICY_AGENTS) ? `${WATCH_POLICY}: watch-only` : ONLY_WATCH;
  return error("watcher-not-watch-only", policy ?? root, {
    problem: `the Deployment has no ${wanted}`,
    consequence: "It is an ordinary agent: it captures in its own pod and takes part in the election instead of overriding it.",
    mend: `Set ${wanted} on its container.`,
    source: SOURCE,
  });
}

function replicas(root: Cursor): Finding[] {
  const at = root.get("spec", "replicas");
  if (typeof at.value !== "number" || at.value <= 1) return [];
  return [
    warning("watcher-replicas", at, {
      problem: `${at.value} watchers at once`,
      consequence:
        "A watch-only agent overrides the election at once, so each uploads the whole cluster and displaces the other.",
      mend: "Set replicas to 1.",
      source: SOURCE,
    }),
  ];
}

function notInContainer(root: Cursor): Finding {
  return warning("in-container-missing", root, {
    problem: `the Deployment does not set ${IN_CONTAINER}`,
    consequence: "Unless the image sets it, the API watcher never starts.",
    mend: `Set ${IN_CONTAINER} to any value.`,
    source: SOURCE,
  });
}

function isPseudoAgent(root: Cursor): boolean {
  return root.get("metadata", "name").text.includes("pseudo");
}
