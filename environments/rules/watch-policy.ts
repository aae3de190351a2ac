import { describeRange, isWithin, type AgentVersion } from "../agent-version.ts";
import { containersOf, type ClassifiedDocument } from "../documents/classify.ts";
import type { Cursor } from "../documents/cursor.ts";
import type { Finding } from "../types.ts";
import { documentsOf, error, warning, type RuleGroup } from "./rule.ts";
import {
  IN_CONTAINER,
  ONLY_WATCH,
  ONLY_WATCH_AGENTS,
  ONLY_WATCH_FATAL,
  WATCH_POLICY,
  WATCH_POLICY_AGENTS,
} from "./watch-variables.ts";
import { judgeDaemonSet, judgeWatcher } from "./watch-roles.ts";

const SOURCE = "protocol.md 5.4";

/** The variables of a workload's containers; of several with one name the last counts, as for Kubernetes. */
export interface Variables {
  readonly onlyWatch: Cursor | undefined;
  readonly policy: Cursor | undefined;
  readonly inContainer: Cursor | undefined;
}

/** Who watches the API server: the environment variables of Deployments and DaemonSets. */
export const watchPolicyRules: RuleGroup = (subject) =>
  documentsOf(subject, "watcher", "daemonset").flatMap((document) => {
    const variables = variablesOf(document.root);
    const wrong = judgeVariables(variables, subject.agent);
    // A variable that does not work is blamed once, not again for what it fails to bring about.
    if (wrong.some(({ level }) => level === "error")) return wrong;
    return [...wrong, ...judgeRole(document, variables, subject)];
  });

function judgeRole(
  { part, root }: ClassifiedDocument,
  variables: Variables,
  subject: Parameters<RuleGroup>[0],
): readonly Finding[] {
  if (subject.environment.watch === undefined) return [];
  return part === "daemonset"
    ? judgeDaemonSet(root, variables, subject.agent, subject.environment.watch)
    : judgeWatcher(root, variables, subject.agent, subject.environment.watch);
}

function variablesOf(root: Cursor): Variables {
  const entries = containersOf(root)
    .flatMap((container) => container.get("env").items())
    .filter((entry) => entry.get("$patch").value !== "delete");
  const find = (name: string) => entries.filter((entry) => entry.get("name").value === name).at(-1);
  return { onlyWatch: find(ONLY_WATCH), policy: find(WATCH_POLICY), inContainer: find(IN_CONTAINER) };
}

function judgeVariables({ onlyWatch, policy }: Variables, agent: AgentVersion): Finding[] {
  return [
    ...(onlyWatch === undefined ? [] : judgeOnlyWatch(onlyWatch, agent)),
    ...(policy === undefined ? [] : judgePolicy(policy, agent)),
  ];
}

function judgeOnlyWatch(at: Cursor, agent: AgentVersion): Finding[] {
  if (isWithin(agent, ONLY_WATCH_FATAL)) {
    return [
      error("only-watch-fatal", at, {
        problem: `${ONLY_WATCH} is set, and ${agent.name} agents no longer accept it (fatal since v6.6.9)`,
        consequence: "The agent logs an error, waits a minute and exits, again and again: nothing is uploaded.",
        mend: `Remove it and set ${WATCH_POLICY} to watch-only.`,
        source: SOURCE,
      }),
    ];
  }
  if (isWithin(agent, ONLY_WATCH_AGENTS)) return [];
  return [
    error("only-watch-ignored", at, {
      problem: `${ONLY_WATCH} is known to ${describeRange(ONLY_WATCH_AGENTS)}; ${agent.name} passes over it`,
      consequence: "The agent behaves as an ordinary one.",
      mend: "Upgrade the agent.",
      source: SOURCE,
    }),
  ];
}

function judgePolicy(at: Cursor, agent: AgentVersion): Finding[] {
  if (!isWithin(agent, WATCH_POLICY_AGENTS)) {
    return [
      error("watch-policy-ignored", at, {
        problem: `${WATCH_POLICY} is known to ${describeRange(WATCH_POLICY_AGENTS)}; ${agent.name} passes over it`,
        consequence: "The agent behaves as an ordinary one, and may be elected to watch.",
        mend: `Set ${ONLY_WATCH} instead (${describeRange(ONLY_WATCH_AGENTS)}), or upgrade the agent.`,
        source: SOURCE,
      }),
    ];
  }
  const value = at.get("value");
  if (at.get("valueFrom").kind !== "absent") {
    return [
      warning("value-not-here", at, {
        problem: `the value of ${WATCH_POLICY} comes from elsewhere`,
        consequence: "Whether the agent watches cannot be told from this file.",
        mend: "Look it up there.",
        source: "ours",
      }),
    ];
  }
  if (["watch-only", "watch-disabled", "normal"].includes(value.text)) return [];
  return [
    error("watch-policy-value", value.kind === "absent" ? at : value, {
      problem: `${WATCH_POLICY} is ${JSON.stringify(value.value ?? "")}, which counts as normal`,
      consequence: "The agent behaves as an ordinary one, and may be elected to watch.",
      mend: "Write watch-only or watch-disabled, with a hyphen and in lower case.",
      source: SOURCE,
    }),
  ];
}
