import { awaitFirstUpload } from "./openings.ts";
import { laidIn, stir, stirred } from "./trouble-objects.ts";
import type { Scenario } from "./types.ts";

/** Everything that some agent uploads. Leases are none of it: replicas that cannot hold theirs have to be silent. */
const KINDS: readonly string[] = [
  "nodes",
  "namespaces",
  "pods",
  "services",
  "configmaps",
  "replicationcontrollers",
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicasets.apps",
  "ingresses.networking.k8s.io",
  "routes.route.openshift.io",
  "clonesets.apps.kruise.io",
  "statefulsets.apps.kruise.io",
];

/** The agent may read nothing at all for a while, as when its ClusterRoleBinding is gone until somebody brings it back. */
export const apiAllRefused: Scenario = {
  name: "api-all-refused",
  title: "keeps everything while it may read no kind at all, says so, and catches up",
  profile: "kubernetes",
  throughProxy: true,
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    ...laidIn,
    { step: "script-api-fault", fault: { fault: "api-status", code: 403, resources: KINDS, times: "all" } },
    { step: "cut-api-connections" },
    { step: "await-fault", budget: "api" },
    ...stir("newcomer", "doomed", "refused"),
    { step: "await-error", told: true },
    { step: "clear-api-faults" },
    ...stirred(["newcomer"], ["doomed"]),
    { step: "await-error", told: false },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
