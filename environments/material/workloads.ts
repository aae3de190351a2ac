import type { RenderContext } from "../types.ts";
import { comment } from "./text.ts";
import { variablesOf } from "./variables.ts";

/** The watcher: a patch of the chart's Deployment, or a whole Deployment of a pseudo-agent. */
export function watcherText(context: RenderContext): string {
  return (context.environment.watch?.watcher === "pseudo-agent" ? pseudoAgent() : patch(context, "Deployment")).join("\n");
}

/** What the DaemonSet must have: a patch. Agents without such a variable must not have IN_CONTAINER; then it says so. */
export function daemonSetText(context: RenderContext): string {
  return patch(context, "DaemonSet").join("\n");
}

/** Values of the chart deepflow-agent that deploy the watcher. */
export function helmValuesText(): string {
  return [
    "deployComponent:",
    "  - watcher",
    "# The name of the cluster as deepflow shall show it.",
    "clusterNAME: your-cluster-name",
  ].join("\n");
}

function patch(context: RenderContext, kind: "Deployment" | "DaemonSet"): string[] {
  const variables = variablesOf(context).filter(({ on }) => on === kind);
  const removed = [
    "          # Takes the variable away: without it these agents never watch. (If the image itself sets it, this cannot.)",
    "          - name: IN_CONTAINER",
    "            $patch: delete",
  ];
  return [
    "apiVersion: apps/v1",
    `kind: ${kind}`,
    "spec:",
    ...(kind === "Deployment" ? ["  # One is enough: two would displace each other.", "  replicas: 1"] : []),
    "  template:",
    "    spec:",
    "      containers:",
    "        - name: deepflow-agent",
    "          env:",
    ...variables.flatMap(({ name, value }) => [`            - name: ${name}`, `              value: "${value}"`]),
    ...(variables.length === 0 ? removed.map((line) => `  ${line}`) : []),
  ];
}

function pseudoAgent(): string[] {
  return [
    "apiVersion: apps/v1",
    "kind: Deployment",
    "metadata:",
    "  name: deepflow-pseudo-agent",
    "  namespace: deepflow",
    "spec:",
    ...comment("One at a time: each upload replaces the one before.").map((line) => `  ${line}`),
    "  replicas: 1",
    "  strategy:",
    "    type: Recreate",
    "  selector:",
    "    matchLabels:",
    "      app: deepflow-pseudo-agent",
    "  template:",
    "    metadata:",
    "      labels:",
    "        app: deepflow-pseudo-agent",
    "    spec:",
    "      serviceAccountName: deepflow-pseudo-agent",
    "      containers:",
    "        - name: deepflow-pseudo-agent",
    "          image: your-registry/your-pseudo-agent:latest",
    "          env:",
    "            # 20035 inside the server's cluster, 30035 at its nodes.",
    "            - name: DEEPFLOW_SERVER",
    "              value: deepflow-server.deepflow:20035",
    "            # deepflow-ctl domain list, or GetKubernetesClusterID",
    "            - name: DEEPFLOW_CLUSTER_ID",
    "              value: d-xxxxxxxxxx",
  ];
}
