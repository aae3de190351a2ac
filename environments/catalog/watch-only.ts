import type { Environment, Step } from "../types.ts";

/** Deploying one agent that watches and does nothing else. */
export const watcherSteps: readonly Step[] = [
  {
    text: "Deploy the watcher.",
    commands: ["helm install deepflow -n deepflow deepflow/deepflow-agent --create-namespace -f helm-values.yaml"],
  },
  {
    text: "See that its container has the variables of watcher.yaml; where the chart has not set them, set them.",
    commands: [
      "kubectl -n deepflow get deployments -o yaml",
      "kubectl -n deepflow patch deployment NAME --patch-file watcher.yaml",
    ],
  },
  { text: "The server makes a domain for the cluster by itself. Note its cluster id.", commands: ["deepflow-ctl domain list"] },
];

/** Agents that know either variable. */
export const WATCHERS = { from: "v6.2.1" } as const;
/** Why earlier ones cannot. */
export const WATCHERS_UNAVAILABLE = "no release before v6.2.1 can be told to watch only";

/** No right to run DaemonSets: one Deployment watches, processes on the nodes capture. */
export const watchOnly: Environment = {
  name: "watch-only",
  title: "No right to run DaemonSets",
  summary:
    "DaemonSets are not allowed, ordinary processes on the nodes are. One agent runs as a Deployment, watches the API server and does nothing else; the others run as processes and capture.",
  source: "special environments 3.1; protocol.md 5.4, 5.6",
  agents: WATCHERS,
  unavailable: WATCHERS_UNAVAILABLE,
  parts: ["helm-values", "watcher", "cluster-role", "agent-config"],
  watch: { watcher: "deployment", others: "processes" },
  steps: [
    ...watcherSteps,
    {
      text: "Install the agent on every node as on any server, without making a domain, and with that id in /etc/deepflow-agent/deepflow-agent.yaml (agent-config.yaml).",
      commands: ["systemctl restart deepflow-agent"],
    },
  ],
  notes: [
    { text: "The watcher never shows in the list of agents, and has no agent id, so it uploads everything at every beat." },
    { text: "Processes do not watch because they have no IN_CONTAINER; see that their service does not set it." },
    {
      text: "The documentation still names ONLY_WATCH_K8S_RESOURCE. These agents exit where it is set, at whatever value.",
      agents: { from: "v6.6.6" },
    },
  ],
};
