import { isWithin } from "../agent-version.ts";
import { IN_CONTAINER, ONLY_WATCH, WATCH_POLICY, WATCH_POLICY_AGENTS } from "../rules/watch-variables.ts";
import type { EnvironmentVariable, RenderContext } from "../types.ts";

/** The variables that say who watches, by workload. Source: protocol.md 5.4. */
export function variablesOf({ environment: { watch }, agent }: RenderContext): EnvironmentVariable[] {
  if (watch === undefined) return [];
  const policy = isWithin(agent, WATCH_POLICY_AGENTS);
  const variables: EnvironmentVariable[] = [];
  if (watch.watcher === "deployment") {
    variables.push({ name: IN_CONTAINER, value: "yes", on: "Deployment" });
    variables.push(
      policy
        ? { name: WATCH_POLICY, value: "watch-only", on: "Deployment" }
        : { name: ONLY_WATCH, value: "yes", on: "Deployment" },
    );
  }
  if (watch.others !== "processes" && policy) variables.push({ name: WATCH_POLICY, value: "watch-disabled", on: "DaemonSet" });
  return variables;
}
