import { parseAllDocuments } from "yaml";
import { describeRange, isWithin, usesNewKeys } from "../agent-version.ts";
import { IN_CONTAINER_AGENTS, ONLY_WATCH_FATAL, WATCH_POLICY_AGENTS } from "../rules/watch-variables.ts";
import type { MaterialFile, PartName, RenderContext, Rendering } from "../types.ts";
import { clusterRoleText } from "./cluster-role.ts";
import { groupConfigText } from "./group-config.ts";
import { hostPlanText } from "./host-plan.ts";
import { variablesOf } from "./variables.ts";
import { daemonSetText, helmValuesText, watcherText } from "./workloads.ts";

/** Everything there is to apply in an environment with such agents, or why there is nothing. Pure. */
export function render(context: RenderContext): Rendering {
  const { environment, agent } = context;
  const reason = unavailable(context);
  if (reason !== undefined) return { available: false, reason };
  return {
    available: true,
    material: {
      name: environment.name,
      title: environment.title,
      agent: agent.name,
      summary: environment.summary,
      source: environment.source,
      files: partsFor(context).map((part) => fileOf(part, context)),
      environmentVariables: variablesOf(context),
      steps: environment.steps
        .filter((step) => isWithin(agent, step.agents ?? {}))
        .map(({ text, commands }) => ({ text, commands: commands ?? [] })),
      observationPoints: environment.capture?.observed ?? null,
      notes: (environment.notes ?? []).filter((note) => isWithin(agent, note.agents ?? {})).map(({ text }) => text),
    },
  };
}

/** What there is to apply for such agents: before `IN_CONTAINER` counted, nothing on a DaemonSet kept it from watching. */
export function partsFor({ environment, agent }: RenderContext): readonly PartName[] {
  return environment.parts.filter((part) => part !== "daemonset" || isWithin(agent, IN_CONTAINER_AGENTS));
}

/** Why an environment cannot be had with such agents; undefined where it can. */
export function unavailable({ environment, agent }: RenderContext): string | undefined {
  if (!isWithin(agent, environment.agents ?? {})) {
    return `${environment.name} takes ${describeRange(environment.agents ?? {})}, not ${agent.name}: ${environment.unavailable ?? "earlier ones cannot do it"}`;
  }
  const between = isWithin(agent, ONLY_WATCH_FATAL) && !isWithin(agent, WATCH_POLICY_AGENTS);
  if (environment.watch?.watcher !== "deployment" || !between) return undefined;
  return `${environment.name} takes agents up to v6.6.5, or v6.6.9 and later, not ${agent.name}: builds between them no longer accept the old variable and do not know the new one`;
}

function fileOf(part: PartName, context: RenderContext): MaterialFile {
  const text = `${textOf(part, context)}\n`;
  const contents = parseAllDocuments(text).map((document): unknown => document.toJS());
  return {
    part,
    fileName: `${part}.yaml`,
    apply: applyCommand(part, context),
    text,
    content: contents.length === 1 ? contents[0] : contents,
  };
}

function textOf(part: PartName, context: RenderContext): string {
  switch (part) {
    case "agent-group-config":
      return groupConfigText(context);
    case "agent-config":
      return context.environment.capture ? "vtap-group-id-request: g-xxxxxx" : "kubernetes-cluster-id: d-xxxxxxxxxx";
    case "cluster-role":
      return clusterRoleText(context);
    case "helm-values":
      return helmValuesText();
    case "watcher":
      return watcherText(context);
    case "daemonset":
      return daemonSetText(context);
    case "host":
      return context.environment.host ? hostPlanText(context.environment.host) : "";
    case "endpoint":
      return "";
  }
}

function applyCommand(part: PartName, { environment, agent }: RenderContext): string {
  const file = `${part}.yaml`;
  switch (part) {
    case "agent-group-config":
      return `deepflow-ctl agent-group-config create ${usesNewKeys(agent) ? "g-xxxxxx " : ""}-f ${file}`;
    case "agent-config":
      return environment.capture
        ? "kubectl -n deepflow edit configmap deepflow-agent (add the line)"
        : "add the line to /etc/deepflow-agent/deepflow-agent.yaml on every node";
    case "helm-values":
      return `helm install deepflow -n deepflow deepflow/deepflow-agent --create-namespace -f ${file}`;
    case "watcher":
      return environment.watch?.watcher === "pseudo-agent"
        ? `kubectl apply -f ${file}`
        : `kubectl -n deepflow patch deployment NAME --patch-file ${file}`;
    case "daemonset":
      return `kubectl -n deepflow patch daemonset deepflow-agent --patch-file ${file}`;
    case "cluster-role":
    case "endpoint":
      return `kubectl apply -f ${file}`;
    case "host":
      return "nothing to apply: follow the steps";
  }
}
