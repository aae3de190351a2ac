import type { Environment } from "../types.ts";

/** No deepflow-agent may ask the API server: a program of one's own uploads what it watches. */
export const pseudoAgent: Environment = {
  name: "pseudo-agent",
  title: "No deepflow-agent at the API server",
  summary:
    "No deepflow-agent may ask the API server for anything. A program of your own list-watches it and uploads everything by the call KubernetesAPISync; agents capture and do not watch.",
  source: "special environments 3.3; protocol.md 1.6, 2.2, 5.4, 5.6, 7",
  parts: ["cluster-role", "watcher", "daemonset"],
  watch: { watcher: "pseudo-agent", others: "any" },
  steps: [
    { text: "Let your agent read what it uploads.", commands: ["kubectl apply -f cluster-role.yaml"] },
    {
      text: "Keep every deepflow-agent of this cluster from watching: it would overwrite your snapshots.",
      commands: ["kubectl -n deepflow patch daemonset deepflow-agent --patch-file daemonset.yaml"],
      agents: { from: "v6.2" },
    },
    {
      text: "Keep every deepflow-agent of this cluster from watching, since it would overwrite your snapshots: nothing but the lack of permission stops these agents.",
      commands: ["kubectl delete clusterrolebinding deepflow-agent"],
      agents: { to: "v6.1.99" },
    },
    {
      text: "Prove your agent against the mock server before it meets a real one, which answers OK to whatever it drops.",
      commands: [
        "deepflow-conformance run --target v7.1 -- ./your-agent --server {server} --cluster-id {cluster_id} --kubeconfig {kubeconfig}",
      ],
    },
    {
      text: "Deploy it, once per cluster, with the cluster id that the agents use.",
      commands: ["kubectl apply -f watcher.yaml", "deepflow-ctl domain list"],
    },
  ],
  notes: [
    { text: "Nodes, Namespaces, Pods and the workloads that own pods must be uploaded; Services and Ingresses may be." },
    {
      text: "Every snapshot needs one *version.Info besides, though the document does not list it; /version takes no RBAC rule of one's own.",
    },
    { text: "Servers of this line serve the call on trident.Synchronizer.", agents: { to: "v6.6.8" } },
    { text: "Servers of this line serve the call on agent.Synchronizer; those of v6.6.9 on both.", agents: { from: "v6.6.9" } },
    { text: "gRPC is at port 20035 inside the cluster and 30035 outside; 20033 and 30033 are for data." },
  ],
};
