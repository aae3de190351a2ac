import type { ClusterRoleRule } from "./types.ts";

/** A ClusterRole as YAML, ready for `kubectl apply -f` and for `--cluster-role`. */
export function clusterRoleText(rules: readonly ClusterRoleRule[], name = "deepflow-pseudo-agent"): string {
  const lines = rules.flatMap(ruleLines);
  return [
    "apiVersion: rbac.authorization.k8s.io/v1",
    "kind: ClusterRole",
    "metadata:",
    `  name: ${name}`,
    ...(lines.length === 0 ? ["rules: []"] : ["rules:", ...lines]),
    "",
  ].join("\n");
}

function ruleLines(rule: ClusterRoleRule): readonly string[] {
  const fields = (["apiGroups", "resources", "resourceNames", "nonResourceURLs", "verbs"] as const).flatMap((key) => {
    const texts = rule[key];
    return texts === undefined ? [] : [`${key}: [${texts.map(scalar).join(", ")}]`];
  });
  return fields.map((field, index) => `${index === 0 ? "  - " : "    "}${field}`);
}

/** Quoted where YAML would take it for something else. */
function scalar(text: string): string {
  return /^[a-z][a-z0-9./-]*$/u.test(text) && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].includes(text)
    ? text
    : JSON.stringify(text);
}
