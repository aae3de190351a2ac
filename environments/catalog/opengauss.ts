import type { Environment } from "../types.ts";
import { resourceSteps } from "./openshift.ts";

/** openGauss operator: clusters of the database own their pods. */
export const opengauss: Environment = {
  name: "opengauss",
  title: "openGauss",
  summary: "Database pods are owned by OpenGaussClusters, a custom resource that no agent uploads without being told.",
  source: "protocol.md 6.2, 6.3",
  agents: { from: "v6.6" },
  unavailable: "no release of earlier lines has it, only builds of the branch heads of v6.4 and v6.5",
  parts: ["agent-group-config", "cluster-role"],
  resources: [{ name: "opengaussclusters", group: "opengauss.cmbc.com.cn" }],
  steps: resourceSteps,
  notes: [
    { text: "A ClusterRole sample of the documentation names the group opengauss.sig; agents ask for opengauss.cmbc.com.cn." },
  ],
};
