import { neededAccess } from "../resources/access.ts";
import type { RenderContext } from "../types.ts";
import { comment } from "./text.ts";

/** A whole ClusterRole: what is watched, by group, and nothing else. For a pseudo-agent with its account and binding. */
export function clusterRoleText(context: RenderContext): string {
  const { environment, agent } = context;
  const isPseudo = environment.watch?.watcher === "pseudo-agent";
  const name = isPseudo ? "deepflow-pseudo-agent" : "deepflow-agent";
  const explanation = isPseudo
    ? "What the server requires. Add services, and ingresses of networking.k8s.io, if you upload them."
    : "The whole role and not only what this environment adds, so that it can take the place of the one there is.";
  const role = [
    ...comment(explanation),
    "apiVersion: rbac.authorization.k8s.io/v1",
    "kind: ClusterRole",
    "metadata:",
    `  name: ${name}`,
    "rules:",
    ...groupRules(byGroup(neededAccess(environment, agent, environment.resources ?? [], false))),
  ];
  return [...role, ...(isPseudo ? account(name) : [])].join("\n");
}

function byGroup(watched: ReturnType<typeof neededAccess>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, groups: homes } of watched) {
    for (const group of homes) groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return groups;
}

function groupRules(groups: ReadonlyMap<string, readonly string[]>): string[] {
  return [...groups].flatMap(([group, resources]) => [
    `  - apiGroups: [${group === "" ? '""' : group}]`,
    `    resources: [${[...new Set(resources)].sort().join(", ")}]`,
    "    verbs: [get, list, watch]",
  ]);
}

function account(name: string): string[] {
  return [
    "---",
    "apiVersion: v1",
    "kind: ServiceAccount",
    "metadata:",
    `  name: ${name}`,
    "  namespace: deepflow",
    "---",
    "apiVersion: rbac.authorization.k8s.io/v1",
    "kind: ClusterRoleBinding",
    "metadata:",
    `  name: ${name}`,
    "roleRef:",
    "  apiGroup: rbac.authorization.k8s.io",
    "  kind: ClusterRole",
    `  name: ${name}`,
    "subjects:",
    "  - kind: ServiceAccount",
    `    name: ${name}`,
    "    namespace: deepflow",
  ];
}
