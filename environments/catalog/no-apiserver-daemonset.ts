import type { Environment } from "../types.ts";
import { WATCHERS, WATCHERS_UNAVAILABLE, watcherSteps } from "./watch-only.ts";

/** DaemonSets may run, but must leave the API server alone: one Deployment watches. */
export const noApiserverDaemonset: Environment = {
  name: "no-apiserver-daemonset",
  title: "DaemonSet without access to the API server",
  summary:
    "DaemonSets may run, but their pods must not ask the API server for anything, so as not to overload it. One agent runs as a Deployment and watches; the DaemonSet captures.",
  source: "special environments 3.2; protocol.md 5.4, 5.6",
  agents: WATCHERS,
  unavailable: WATCHERS_UNAVAILABLE,
  parts: ["helm-values", "watcher", "cluster-role", "daemonset"],
  watch: { watcher: "deployment", others: "daemonset" },
  steps: [
    ...watcherSteps,
    {
      text: "Tell the DaemonSet not to watch.",
      commands: ["kubectl -n deepflow patch daemonset deepflow-agent --patch-file daemonset.yaml"],
    },
  ],
  notes: [
    {
      text: "These agents cannot be told not to watch. The watcher overrides the election, but once it has been silent for 600 s a pod of the DaemonSet is elected, unless IN_CONTAINER is missing there.",
      agents: { to: "v6.6.8" },
    },
    {
      text: "The documentation still names ONLY_WATCH_K8S_RESOURCE. These agents exit where it is set, at whatever value.",
      agents: { from: "v6.6.6" },
    },
  ],
};
