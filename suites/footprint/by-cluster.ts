import type { Made } from "./types.ts";

/** What the clusters of a kind take. */
export interface ClusterFootprint {
  readonly machine: readonly Made[];
  readonly cluster: readonly Made[];
  readonly ownCluster: boolean;
  readonly harnessRights: readonly string[];
}

const NAMESPACE = "deepflow-conformance-<run>";

/** What is made in a cluster that scenarios share. */
const SHARED: readonly Made[] = [
  { what: `Namespace ${NAMESPACE}`, why: "everything that the run makes lies in it", goes: "with the run" },
  {
    what: `ServiceAccount ${NAMESPACE}/agent-<scenario>, with a token of 24 hours`,
    why: "who the agent is to the API server",
    goes: "with the scenario",
  },
  {
    what: `ClusterRole and ClusterRoleBinding ${NAMESPACE}-agent-<scenario>`,
    why: "what the agent may do",
    goes: "with the scenario",
  },
  {
    what: `Deployment, StatefulSet, DaemonSet, ReplicationController, their pods, which pause, Services, Ingress and ConfigMaps, in ${NAMESPACE}`,
    why: "a cluster with something of every kind in it",
    goes: "with the run",
  },
];

const PROXY: Made = {
  what: "a proxy on a free port",
  why: "API faults, and the record of what the agent was given",
  goes: "with the scenario",
};

/** By `--cluster`; `read-only` for one of the user's own that is only read. */
export const clusterFootprints: Readonly<Record<string, ClusterFootprint>> = {
  embedded: {
    machine: [
      {
        what: "an API server in this process, on a free port of 127.0.0.1",
        why: "where the agent watches",
        goes: "with the scenario",
      },
    ],
    cluster: [],
    ownCluster: true,
    harnessRights: [],
  },
  envtest: {
    machine: [
      {
        what: "processes etcd and kube-apiserver, on free ports of 127.0.0.1",
        why: "where the agent watches",
        goes: "with the scenario",
      },
      {
        what: "a folder for etcd's data in the folder for temporary files",
        why: "what the cluster holds",
        goes: "with the scenario",
      },
      PROXY,
    ],
    cluster: [],
    ownCluster: true,
    harnessRights: [],
  },
  kind: {
    machine: [
      {
        what: "a kind cluster deepflow-conformance-<run>: one container a node, unless --reuse names one",
        why: "where the agent watches",
        goes: "with the run",
      },
      PROXY,
    ],
    cluster: SHARED,
    ownCluster: true,
    harnessRights: [],
  },
  kubeconfig: {
    machine: [PROXY],
    cluster: SHARED,
    ownCluster: false,
    harnessRights: [
      "create and delete namespaces, serviceaccounts and their tokens, clusterroles and clusterrolebindings, and what is named above",
      "grant what the agent gets (escalate, or hold it oneself)",
      "get, list and watch what agents upload",
      "create, patch and delete what the stories below make, and its status; docs/clusters.md has all of it as a ClusterRole",
    ],
  },
  "read-only": {
    machine: [{ ...PROXY, why: "it lets the agent read by the credentials of the kubeconfig, and write nothing" }],
    cluster: [],
    ownCluster: false,
    harnessRights: ["get, list and watch what agents upload"],
  },
};
